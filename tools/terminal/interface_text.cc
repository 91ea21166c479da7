#include "tools/terminal/interface_text.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/status/error.h"
#include "services/prescription/envelope/field_words.h"
#include "services/prescription/envelope/xmlmsg.h"
#include "tools/cli/table.h"

namespace tsunagu::terminal {
namespace {

using prescription::envelope::Certainty;
using prescription::envelope::Field;
using prescription::envelope::Form;
using prescription::envelope::Group;
using prescription::envelope::Interface;
using Json = nlohmann::ordered_json;

// As docs/requirements has it.
const char* CertaintyOf(Certainty certainty) {
  return certainty == Certainty::kSecondHand ? "S" : "I";
}

const char* FromText(Group group) {
  switch (group) {
    case Group::kIssuer:
      return "医療機関 issuer";
    case Group::kPharmacy:
      return "薬局 pharmacy";
    case Group::kInHospital:
      return "医療機関（院内） in house";
  }
  return "";
}

struct Files {
  std::string request;
  std::string answer;
};

Files FilesOf(const Interface& interface, const Names& names) {
  std::vector<std::string> requests, answers;
  for (const Names::Prefixes& one : names.all()) {
    if (one.interface != interface.id) continue;
    requests.push_back(absl::StrCat(one.request, "_<any>.xml"));
    answers.push_back(absl::StrCat(one.answer, "_<any>.xml"));
  }
  return {absl::StrJoin(requests, ", "), absl::StrJoin(answers, ", ")};
}

std::string FieldsText(const std::string& heading, std::span<const Field> fields) {
  if (fields.empty()) return "";
  std::vector<cli::Row> rows;
  for (const Field& field : fields) {
    const auto* words = prescription::envelope::WordsOf(field.name);
    rows.push_back({field.name, field.required ? "必須 required" : "",
                    prescription::envelope::WordsOf(field.form).name, CertaintyOf(field.certainty),
                    words == nullptr ? "" : absl::StrCat(words->ja, " (", words->en, ")")});
  }
  return absl::StrCat(
      heading, "\n",
      cli::FormatTable({"項目 field", "必須", "形式 form", "確度", "意味 meaning"}, rows));
}

std::string OneText(const Interface& interface, const Names& names) {
  const Files files = FilesOf(interface, names);
  const char* call = prescription::envelope::NameOf(interface.call);
  std::string text = absl::StrCat(
      "\n【", interface.id, "】", interface.meaning_ja, " (", interface.meaning_en, ")\n",
      cli::FormatPairs({{"要求する側 asked by", FromText(interface.group)},
                        {"要求 request in req/", files.request},
                        {"応答 answer in res/", files.answer},
                        {"応答の番号 answer", absl::StrCat(interface.answer)},
                        {"名前の確度 name", CertaintyOf(interface.name_certainty)},
                        {"呼び出し call", *call == '\0' ? "なし: INTERFACE_NOT_SERVED" : call}}));
  absl::StrAppend(&text, FieldsText("要求 MessageBody of the request", interface.request),
                  FieldsText("応答 MessageBody of the answer", interface.response));
  if (interface.rows.list != nullptr) {
    absl::StrAppend(&text, FieldsText(absl::StrCat("応答の一覧 rows ", interface.rows.list, "/",
                                                   interface.rows.item),
                                      interface.rows.fields));
  }
  return text;
}

Json FieldsJson(std::span<const Field> fields) {
  Json array = Json::array();
  for (const Field& field : fields) {
    const auto* words = prescription::envelope::WordsOf(field.name);
    array.push_back({{"name", field.name},
                     {"ja", words == nullptr ? "" : words->ja},
                     {"en", words == nullptr ? "" : words->en},
                     {"required", field.required},
                     {"form", prescription::envelope::WordsOf(field.form).name},
                     {"certainty", CertaintyOf(field.certainty)}});
  }
  return array;
}

Json OneJson(const Interface& interface, const Names& names) {
  const Files files = FilesOf(interface, names);
  Json json = {{"number", interface.id},
               {"answer", interface.answer},
               {"from", FromText(interface.group)},
               {"request_file", files.request},
               {"answer_file", files.answer},
               {"call", prescription::envelope::NameOf(interface.call)},
               {"meaning_ja", interface.meaning_ja},
               {"meaning_en", interface.meaning_en},
               {"name_certainty", CertaintyOf(interface.name_certainty)},
               {"request", FieldsJson(interface.request)},
               {"response", FieldsJson(interface.response)}};
  if (interface.rows.list != nullptr) {
    json["list"] = interface.rows.list;
    json["item"] = interface.rows.item;
    json["rows"] = FieldsJson(interface.rows.fields);
  }
  return json;
}

// Nobody's.
std::string ExampleValue(const Field& field) {
  switch (field.form) {
    case Form::kBase64:
      return "<Document/>";
    case Form::kIssueType:
    case Form::kFlag:
      return "1";
    case Form::kPrescriptionId:
      return "00000000-0000-8000-8000-000000000000";
    case Form::kAccessCode:
      return "123456";
    case Form::kDay:
      return "20260401";
    case Form::kDigest:
      return std::string(64, '0');
    case Form::kText:
    case Form::kLongText:
      break;
  }
  const absl::string_view name = field.name;
  if (name == "InsurerNumber") return "01130012";
  if (name == "InsuredCardSymbol") return "12345678";
  if (name == "InsuredIdentificationNumber") return "10";
  if (name == "InsuredBranchNumber") return "00";
  if (name == "IssuerCode") return "1311234567";
  return "example";
}

}  // namespace

absl::StatusOr<std::span<const Interface>> InterfacesOf(int number) {
  if (number == 0) return prescription::envelope::Interfaces();
  const Interface* found = prescription::envelope::FindInterface(number);
  if (found != nullptr) return std::span<const Interface>(found, 1);
  return ErrorBuilder(absl::StatusCode::kNotFound, "INTERFACE_NOT_KNOWN",
                      "there is no such interface")
      .Rule("TM-031")
      .Field("--interfaces", "要求の番号 the number of a request, such as 201; without: all");
}

std::string InterfacesText(std::span<const Interface> interfaces, const Names& names) {
  std::string text =
      "確度 certainty: S 実例あり seen in use, I 当方で定めた ours\n"
      "資格確認 OQSsiquc01req → OQSsiquc01res (eligibility check of one person) も受け付けます\n";
  for (const Interface& interface : interfaces) absl::StrAppend(&text, OneText(interface, names));
  return text;
}

std::string InterfacesJson(std::span<const Interface> interfaces, const Names& names) {
  Json array = Json::array();
  for (const Interface& interface : interfaces) array.push_back(OneJson(interface, names));
  return Json({{"interfaces", array}}).dump(2) + "\n";
}

absl::StatusOr<std::string> ExampleOf(const Interface& interface) {
  prescription::envelope::Request request;
  request.header = {"1311234567", "example-1", prescription::envelope::CharacterCode::kUtf8};
  for (const Field& field : interface.request) request.fields[field.name] = ExampleValue(field);
  return WriteRequest(interface, request);
}

std::string ExampleJson(const std::string& example) {
  return Json({{"example", example}}).dump(2) + "\n";
}

}  // namespace tsunagu::terminal
