#include "support/timestamp.h"

namespace sortkey {
namespace {

// Gregorian date of a day number since 1970-01-01 (era arithmetic over 400-year cycles).
void civil_date(int64_t days, int64_t& year, int64_t& month, int64_t& day) {
    days += 719'468;
    const int64_t era = days / 146'097;
    const int64_t day_of_era = days - era * 146'097;
    const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t shifted_month = (5 * day_of_year + 2) / 153;
    day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
}

}  // namespace

void append_padded(std::string& out, int64_t value, int width) {
    const std::string digits = std::to_string(value);
    for (int i = static_cast<int>(digits.size()); i < width; ++i) out += '0';
    out += digits;
}

std::string timestamp_text(int64_t micros) {
    const int64_t millis = micros / 1000;
    const int64_t seconds = millis / 1000;
    int64_t year = 0;
    int64_t month = 0;
    int64_t day = 0;
    civil_date(seconds / 86'400, year, month, day);
    std::string text;
    append_padded(text, year, 4);
    text += '-';
    append_padded(text, month, 2);
    text += '-';
    append_padded(text, day, 2);
    text += 'T';
    append_padded(text, seconds / 3600 % 24, 2);
    text += ':';
    append_padded(text, seconds / 60 % 60, 2);
    text += ':';
    append_padded(text, seconds % 60, 2);
    text += '.';
    append_padded(text, millis % 1000, 3);
    return text;
}

}  // namespace sortkey
