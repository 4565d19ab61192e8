#include "catalog/idempotency.h"

#include "json/attribute_value.h"
#include "json/object_writer.h"
#include "json/stored.h"

namespace sortkey {
namespace {

std::string key_of_token(std::string_view operation, std::string_view token) {
    std::string key(operation);
    key += ' ';
    key += token;
    return key;
}

// The key is kept twice.
uint64_t held_by(std::string_view key, const IdempotencyTokens::Use& use) {
    return 160 + 2 * key.size() + use.fingerprint.size() + use.rereads.size() * sizeof(IdempotencyTokens::Reread);
}

}  // namespace

const IdempotencyTokens::Use* IdempotencyTokens::find(std::string_view operation, std::string_view token,
                                                      int64_t now_micros) const {
    const auto found = uses_.find(key_of_token(operation, token));
    if (found == uses_.end() || found->second.expires_micros <= now_micros) return nullptr;
    return &found->second;
}

void IdempotencyTokens::remember(std::string_view operation, std::string_view token, Use use, int64_t now_micros) {
    forget_old(now_micros);
    std::string key = key_of_token(operation, token);
    if (uses_.contains(key)) {
        forget(key);
    } else {
        order_.push_back(key);
    }
    held_.add(held_by(key, use));
    uses_.emplace(std::move(key), std::move(use));
}

void IdempotencyTokens::forget(std::string_view key) {
    const auto use = uses_.find(key);
    held_.remove(held_by(key, use->second));
    uses_.erase(use);
}

void IdempotencyTokens::forget_old(int64_t now_micros) {
    while (!order_.empty()) {
        const auto oldest = uses_.find(order_.front());
        if (order_.size() < kTokensMax && oldest->second.expires_micros > now_micros) return;
        forget(order_.front());
        order_.pop_front();
    }
}

void IdempotencyTokens::write(std::string& json, int64_t now_micros) const {
    json += '[';
    for (const std::string& key : order_) {
        const Use& use = uses_.find(key)->second;
        if (use.expires_micros <= now_micros) continue;
        if (json.back() != '[') json += ',';
        ObjectWriter entry(json);
        entry.text("token", key);
        entry.text("fingerprint", use.fingerprint);
        entry.integer("expires", use.expires_micros);
        std::string& rereads = entry.member("rereads");
        rereads += '[';
        for (size_t j = 0; j < use.rereads.size(); ++j) {
            if (j > 0) rereads += ',';
            ObjectWriter reread(rereads);
            reread.integer("table", use.rereads[j].table_id);
            reread.integer("bytes", static_cast<int64_t>(use.rereads[j].bytes));
            reread.integer("blocks", static_cast<int64_t>(use.rereads[j].blocks));
            reread.integer("items", use.rereads[j].items);
            reread.close();
        }
        rereads += ']';
        entry.close();
    }
    json += ']';
}

void IdempotencyTokens::read(json::Node array) {
    *this = IdempotencyTokens();
    for (const json::Node::Member element : json::stored_elements(array)) {
        const json::Node record = element.value;
        std::string key(json::text_in(record, "token"));
        if (key.empty() || uses_.contains(key)) continue;
        Use use;
        use.fingerprint = json::text_in(record, "fingerprint");
        use.expires_micros = json::integer_in(record, "expires");
        for (const json::Node::Member reread : json::elements_in(record, "rereads")) {
            if (!json::is(reread.value, json::Kind::Object)) continue;
            use.rereads.push_back({static_cast<uint32_t>(json::integer_in(reread.value, "table")),
                                   static_cast<uint64_t>(json::integer_in(reread.value, "bytes")),
                                   static_cast<uint64_t>(json::integer_in(reread.value, "blocks")),
                                   static_cast<uint32_t>(json::integer_in(reread.value, "items"))});
        }
        order_.push_back(key);
        held_.add(held_by(key, use));
        uses_.emplace(std::move(key), std::move(use));
    }
}

}  // namespace sortkey
