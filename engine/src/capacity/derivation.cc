#include "capacity/derivation.h"

namespace sortkey {
namespace {

// Sums of more terms than a reader adds up in the head are told by their number.
constexpr uint64_t kTermsMax = 6;

void append_count(std::string& out, uint64_t number) {
    std::string digits = std::to_string(number);
    for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
    out += digits;
}

void append_units(std::string& out, uint64_t halves) {
    append_count(out, halves / 2);
    if (halves % 2 != 0) out += ".5";
}

const Part& first_part(const Consumed& consumed, size_t arm) {
    for (const Part& part : consumed.parts())
        if (part.arm == arm) return part;
    return consumed.parts().front();
}

std::string_view factor_text(const Arm& arm, ChargedFor what) {
    if (what == ChargedFor::Cancelled) return " × 1 (cancelled)";
    if (arm.write) return arm.factor_halves == 4 ? " × 2 (transactional write)" : "";
    if (arm.factor_halves == 1) return " × ½ (eventually consistent read)";
    return arm.factor_halves == 2 ? " × 1 (strongly consistent read)" : " × 2 (transactional read)";
}

// " of 1 KB × 2 (transactional write) = 4 WCU"; `inserted` stands between blocks and factor.
void append_product(std::string& out, const Arm& arm, ChargedFor what, uint64_t blocks, std::string_view inserted) {
    out += arm.write ? " of 1 KB" : " of 4 KB";
    out += inserted;
    out += factor_text(arm, what);
    out += " = ";
    append_units(out, blocks * arm.factor_halves);
    out += arm.write ? " WCU" : " RCU";
}

void append_blocks(std::string& out, uint64_t blocks) {
    append_count(out, blocks);
    out += blocks == 1 ? " block" : " blocks";
}

void append_rounding(std::string& out, const Arm& arm, ChargedFor what, uint64_t bytes, uint64_t blocks) {
    append_count(out, bytes);
    out += " B → ";
    append_blocks(out, blocks);
    append_product(out, arm, what, blocks, {});
}

std::string_view noun(ChargedFor what) {
    switch (what) {
        case ChargedFor::Rows:
            return " ranges, each rounded up)";
        case ChargedFor::EntryWritten:
        case ChargedFor::EntryRemoved:
        case ChargedFor::EntryChanged:
            return " entries, each rounded up)";
        default:
            return " items, each rounded up)";
    }
}

std::string_view words_for(ChargedFor what) {
    switch (what) {
        case ChargedFor::Rows:
            return "rows, added up first";
        case ChargedFor::ItemRead:
            return "item read";
        case ChargedFor::AbsentItem:
            return "no such item";
        case ChargedFor::ItemReadAgain:
            return "read again, not written twice";
        case ChargedFor::ItemWritten:
            return "item written";
        case ChargedFor::ItemDeleted:
            return "item deleted";
        case ChargedFor::ItemChecked:
            return "item checked";
        case ChargedFor::ConditionFailed:
            return "condition not met";
        case ChargedFor::Cancelled:
            return "prepared, then cancelled";
        case ChargedFor::EntryWritten:
            return "new entry written";
        case ChargedFor::EntryRemoved:
            return "old entry removed";
        case ChargedFor::EntryChanged:
            return "entry changed in place";
    }
    return {};
}

}  // namespace

std::string_view charged_for_name(ChargedFor what) {
    static constexpr std::string_view kNames[] = {
        "Rows",        "ItemRead",        "AbsentItem", "ItemReadAgain",   "ItemWritten",     "ItemDeleted",
        "ItemChecked", "ConditionFailed", "Cancelled",  "NewEntryWritten", "OldEntryRemoved", "EntryChanged"};
    return kNames[static_cast<size_t>(what)];
}

std::string arm_text(const Consumed& consumed, size_t at) {
    const Arm& arm = consumed.arms()[at];
    const Part& first = first_part(consumed, at);
    std::string text;
    if (!rounds_each(consumed, at)) {
        append_rounding(text, arm, first.what, arm.bytes, arm.blocks);
        return text;
    }
    std::string inserted;
    if (arm.parts > 1 && arm.parts <= kTermsMax) {
        for (const Part& part : consumed.parts()) {
            if (part.arm != at) continue;
            text += text.empty() ? "(" : " + ";
            append_count(text, part.blocks);
        }
        text += ") blocks";
    } else {
        append_blocks(text, arm.blocks);
        inserted = " (";
        append_count(inserted, arm.parts == 1 ? arm.items : arm.parts);
        inserted += noun(first.what);
    }
    append_product(text, arm, first.what, arm.blocks, inserted);
    return text;
}

bool rounds_each(const Consumed& consumed, size_t at) {
    const Arm& arm = consumed.arms()[at];
    // Items that a repeated transaction reads are remembered as a sum only.
    return arm.parts > 1 || (arm.items > 1 && first_part(consumed, at).what == ChargedFor::ItemReadAgain);
}

std::string part_text(const Consumed& consumed, const Part& part) {
    const Arm& arm = consumed.arms()[part.arm];
    std::string text(words_for(part.what));
    if (part.what == ChargedFor::ItemReadAgain) return text += ": " + arm_text(consumed, part.arm);
    if (part.old_bytes != 0 && part.new_bytes != 0 && part.old_bytes != part.new_bytes) {
        text += ", the larger of ";
        append_count(text, part.old_bytes);
        text += " B before and ";
        append_count(text, part.new_bytes);
        text += " B after";
    }
    text += ": ";
    append_rounding(text, arm, part.what, part.bytes, part.blocks);
    return text;
}

std::string_view note_text(const Consumed& consumed, size_t at) {
    const Arm& arm = consumed.arms()[at];
    if (arm.kind == ArmKind::Unnamed)
        return "A failed statement of a batch is paid for. ConsumedCapacity counts it in the total, but under no table "
               "or index.";
    switch (first_part(consumed, at).what) {
        case ChargedFor::Cancelled:
            return "A model: the service does not publish what a cancelled transaction consumes. Here each action "
                   "costs its blocks once, for preparing; a transaction that succeeds costs them twice.";
        case ChargedFor::ConditionFailed:
            return "A failed condition is paid for. A model in one point: sources differ on whether the stored item "
                   "counts, or the larger of it and the new one; here the larger counts.";
        case ChargedFor::ItemReadAgain:
            return "The client token was used before: nothing is written again, and what the first call wrote is "
                   "read.";
        default:
            return {};
    }
}

}  // namespace sortkey
