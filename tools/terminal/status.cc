#include "tools/terminal/status.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"

namespace tsunagu::terminal {
namespace {

using Json = nlohmann::ordered_json;

std::string TimeText(absl::Time time) {
  if (time == absl::InfinitePast()) return "";
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3S%Ez", time, national::Jst());
}

std::string Line(const char* what, const Json& json, const char* member) {
  const auto found = json.find(member);
  if (found == json.end()) return "";
  return absl::StrCat(what, ": ", found->is_string() ? found->get<std::string>() : found->dump(),
                      "\n");
}

}  // namespace

std::string StatusJson(const Status& status) {
  Json json = {{"running", status.running},
               {"started_at", TimeText(status.started)},
               {"written_at", TimeText(status.written)},
               {"dropped", status.dropped},
               {"at_work", status.at_work},
               {"unknown", status.unknown},
               {"answer_not_taken", status.answer_not_taken},
               {"quarantined", status.quarantined},
               {"oldest_waiting_s", 0},
               {"answered", status.answered},
               {"refused", status.refused},
               {"codes", Json::object()}};
  if (status.oldest < status.written) {
    json["oldest_waiting_s"] = absl::ToInt64Seconds(status.written - status.oldest);
  }
  for (const auto& [code, seen] : status.codes) {
    json["codes"][code] = {{"count", seen.count}, {"last_at", TimeText(seen.last)}};
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string WithCounts(const std::string& text, const Lying& lying, bool running, absl::Time now) {
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return text;
  json["running"] = running;
  json["dropped"] = lying.dropped;
  json["at_work"] = lying.at_work;
  json["quarantined"] = lying.quarantined;
  json["counted_at"] = TimeText(now);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string StatusText(const std::string& text, bool running) {
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  std::string out =
      absl::StrCat("状態 state: ", running ? "稼働中 running" : "停止中 stopped", "\n");
  if (!json.is_object()) return out;
  absl::StrAppend(&out, Line("時点 as of", json, "written_at"),
                  Line("件数の時点 counted", json, "counted_at"),
                  Line("未着手 in req/", json, "dropped"), Line("処理中 in work/", json, "at_work"),
                  Line("  うち結果不明 outcome unknown", json, "unknown"),
                  Line("前の応答が未回収 waits until res/ is taken", json, "answer_not_taken"),
                  Line("最も古い待ち 秒 oldest waits, seconds", json, "oldest_waiting_s"),
                  Line("隔離 in quarantine/", json, "quarantined"),
                  Line("応答 answered since start", json, "answered"),
                  Line("  うち拒否 refused", json, "refused"));
  const Json codes = json.value("codes", Json::object());
  for (const auto& [code, seen] : codes.items()) {
    absl::StrAppend(&out, "  ", code, ": ", seen.value("count", 0), ", 最後 last ",
                    seen.value("last_at", ""), "\n");
  }
  return out;
}

}  // namespace tsunagu::terminal
