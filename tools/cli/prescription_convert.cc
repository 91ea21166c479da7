#include "tools/cli/prescription_convert.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/national/finding_proto.h"
#include "services/platform/status/macros.h"
#include "services/prescription/record/convert.h"
#include "tools/cli/files.h"
#include "tools/cli/local_findings.h"
#include "tools/cli/master.h"
#include "tools/cli/words.h"

namespace tsunagu::cli {
namespace {

constexpr char kToSj1[] = "sj1";
constexpr char kToJahis[] = "jahis";

struct ConvertOptions {
  std::vector<std::string> files;
  std::string to;
  std::string master;
  OutFile out;
};

absl::Status Convert(const ConvertOptions& options, Program* program) {
  RETURN_IF_ERROR(CheckWritable(options.out));
  ASSIGN_OR_RETURN(const auto master, LoadMaster(options.master));
  std::string bytes;  // RX-203: a symbol may end inside of a character
  for (const std::string& file : options.files) {
    ASSIGN_OR_RETURN(const std::string symbol, ReadFile(file));
    absl::StrAppend(&bytes, symbol);
  }
  const auto conversion = options.to == kToSj1
                              ? prescription::record::ToSj1(bytes, master.get(), master.get())
                              : prescription::record::ToJahis(bytes);
  const std::string& what = options.files.front();
  RETURN_IF_ERROR(RefuseErrors(what, conversion.findings));
  RETURN_IF_ERROR(WriteFile(options.out, conversion.bytes));
  program->PrintWritten("変換しました converted", options.out.path,
                        WarningNotice(national::ToProto(conversion.findings)));
  return absl::OkStatus();
}

}  // namespace

void AddPrescriptionConvert(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "convert", "makes an SJ1 record (for: sign) of a JAHIS text from QR symbols, or such a text");
  const auto options = std::make_shared<ConvertOptions>();
  command
      ->add_option("files", options->files,
                   "the SJ1 record, or the bytes of each symbol in their order")
      ->required();
  command->add_option("--to", options->to, "sj1 or jahis")
      ->required()
      ->check(CLI::IsMember({kToSj1, kToJahis}));
  command->add_option("--master", options->master,
                      "医薬品マスター (y.csv), for --to sj1: look up the drugs, and the codes of "
                      "those that SJ1 has no code kind for");
  AddOutFile(command, "file for what it is made into", &options->out)->required();
  command->callback([=] { program->Choose([=] { return Convert(*options, program); }); });
}

}  // namespace tsunagu::cli
