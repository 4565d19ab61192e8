// StateDigest: one hash over every table's definition and items; equal states have equal digests.
#include "operations/state_digest.h"

#include "catalog/table_record.h"
#include "json/object_writer.h"
#include "support/md5.h"

namespace sortkey::state_digest {

const json::Shape kInput{json::ShapeKind::Structure, "StateDigestInput"};

Status run(Call& call) {
    Md5 digest;
    for (const auto& [region, database] : call.account.regions) {
        digest.update(region);
        for (const auto& [name, table] : database.tables()) {
            std::string record;
            write_table_record(record, table);
            digest.update(record);
            OrderedMap::Cursor at(table.items);
            for (at.first(); at.valid(); at.next()) {
                digest.update(at.key());
                digest.update(at.value());
            }
        }
    }
    const auto bytes = digest.finish();
    ObjectWriter answer(call.out);
    answer.text("Digest", hex(bytes.data(), bytes.size()));
    answer.close();
    return {};
}

}  // namespace sortkey::state_digest
