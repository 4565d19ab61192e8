#include "account/restore_report.h"

#include "json/object_writer.h"

namespace sortkey {

std::string to_json(const RestoreReport& report) {
    std::string json;
    ObjectWriter answer(json);
    const auto number = [&](std::string_view name, size_t value) { answer.integer(name, static_cast<int64_t>(value)); };
    answer.boolean("ok", report.ok);
    answer.integer("format", report.format);
    number("bytes", report.bytes);
    number("bytesRead", report.bytes_read);
    number("bytesSkipped", report.bytes_skipped);
    number("frames", report.frames);
    number("framesSkipped", report.frames_skipped);
    number("records", report.records);
    number("recordsSkipped", report.records_skipped);
    std::string damages;
    std::string first = "null";
    for (const Damage& damage : report.damages) {
        std::string text;
        ObjectWriter object(text);
        object.integer("offset", static_cast<int64_t>(damage.offset));
        object.integer("bytes", static_cast<int64_t>(damage.bytes));
        object.text("reason", damage.reason);
        object.close();
        if (damages.empty()) {
            first = text;
        } else {
            damages += ',';
        }
        damages += text;
    }
    answer.member("damage") += first;
    answer.member("damages") += '[' + damages + ']';
    answer.close();
    return json;
}

}  // namespace sortkey
