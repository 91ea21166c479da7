#include "tools/cli/medication.h"

#include <algorithm>
#include <deque>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/status/macros.h"
#include "tools/cli/care_text.h"
#include "tools/cli/explain.h"
#include "tools/cli/files.h"
#include "tools/cli/receipt_headers.h"
#include "tools/cli/words.h"
#include "tsunagu/medication/v1/medication.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using Stub = medication::v1::Medication::Stub;

// How often a submission of many files says where it is.
constexpr size_t kFilesPerLine = 20;
// Files of a submission that are sent at the same time.
constexpr size_t kUnderWay = 8;

struct HistoryOptions {
  medication::v1::GetHistoryRequest request;
  std::string context;
};

// Sends files several at a time. Their answers count in the order of the files. After the first
// refusal no file is begun, and of those under way it is still heard what became of them.
class Submission {
 public:
  Submission(const Session* session, size_t files) : session_(*session), files_(files) {}

  void Add(const std::string& path) {
    if (!Begin(path)) not_taken_.push_back(path);
  }

  // The first error, with its file and what became of the others.
  absl::Status Finish() {
    while (!under_way_.empty()) FinishOldest();
    if (error_.ok()) return absl::OkStatus();
    std::map<std::string, std::string> metadata = {{"file", refused_},
                                                   {"files_taken", ListOf(taken_)},
                                                   {"files_not_taken", ListOf(not_taken_)}};
    if (!unknown_.empty()) metadata["files_unknown"] = ListOf(unknown_);
    return Explain(error_, metadata);
  }

  // After Finish().
  bool HasTaken() const { return !taken_.empty(); }
  // Of all files that were taken.
  const medication::v1::SubmitReceiptsResponse& all() const { return all_; }
  // Of each of them under its name.
  const std::string& findings() const { return findings_; }

 private:
  struct Upload {
    std::string path;
    std::set<std::string> headers;
    std::future<absl::StatusOr<medication::v1::SubmitReceiptsResponse>> response;
  };

  bool MustWait(const Upload& next) const {
    return under_way_.size() == kUnderWay ||
           std::ranges::any_of(under_way_, [&next](const Upload& other) {
             return MayShareReceipts(other.headers, next.headers);
           });
  }

  // Whether it is under way.
  bool Begin(const std::string& path) {
    if (!error_.ok()) return false;
    medication::v1::SubmitReceiptsRequest request;
    auto bytes = ReadFile(path);
    if (!bytes.ok()) {
      while (!under_way_.empty()) FinishOldest();  // the first refusal may be one of theirs
      Refuse(path, bytes.status());
      return false;
    }
    request.set_file(*std::move(bytes));
    Upload upload = {path, ReceiptHeaders(request.file()), {}};
    while (error_.ok() && MustWait(upload)) FinishOldest();
    if (!error_.ok()) return false;
    upload.response = std::async(std::launch::async, [this, request = std::move(request)] {
      return session_.Call(&Stub::SubmitReceipts, request);
    });
    under_way_.push_back(std::move(upload));
    return true;
  }

  void Refuse(const std::string& path, const absl::Status& status) {
    if (!error_.ok()) return;
    error_ = status;
    refused_ = path;
  }

  void FinishOldest() {
    Upload upload = std::move(under_way_.front());
    under_way_.pop_front();
    const auto response = upload.response.get();
    if (!response.ok()) {
      (IsRefusal(response.status()) ? not_taken_ : unknown_).push_back(upload.path);
      return Refuse(upload.path, response.status());
    }
    taken_.push_back(upload.path);
    all_.set_receipts(all_.receipts() + response->receipts());
    all_.set_linked(all_.linked() + response->linked());
    all_.set_held(all_.held() + response->held());
    all_.mutable_findings()->MergeFrom(response->findings());
    const std::string findings = FindingsTable(response->findings());
    if (!findings.empty()) absl::StrAppend(&findings_, upload.path, ":\n", findings);
    if (++done_ % kFilesPerLine == 0 || done_ == files_) {
      std::cerr << done_ << " of " << files_ << " files: " << all_.receipts() << " receipts\n";
    }
  }

  const Session& session_;
  const size_t files_;
  size_t done_ = 0;
  std::deque<Upload> under_way_;  // oldest first; its destructor waits for the calls
  medication::v1::SubmitReceiptsResponse all_;
  std::string findings_;
  absl::Status error_;
  std::string refused_;
  std::vector<std::string> taken_;
  std::vector<std::string> not_taken_;
  std::vector<std::string> unknown_;
};

absl::Status Submit(const std::vector<std::string>& paths, Program* program) {
  ASSIGN_OR_RETURN(const Session session, program->Connect());
  Submission submission(&session, paths.size());
  for (const std::string& path : paths) submission.Add(path);
  const absl::Status status = submission.Finish();
  if (submission.HasTaken()) {
    const auto& all = submission.all();
    program->Print(
        all, absl::StrCat("レセプト receipts: ", all.receipts(), ", 紐付け linked: ", all.linked(),
                          ", 保留 held: ", all.held(), "\n", submission.findings()));
  }
  return status;
}

absl::Status History(const HistoryOptions& options, Program* program) {
  ASSIGN_OR_RETURN(const std::string context, ReadContext(options.context));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::GetHistory, options.request, context));
  program->Print(response, HistoryText(options.request, response));
  return absl::OkStatus();
}

void AddSubmit(CLI::App* group, Program* program) {
  CLI::App* submit = group->add_subcommand("submit", "the payer hands in receipt files");
  const auto paths = std::make_shared<std::vector<std::string>>();
  submit->add_option("files", *paths, "UKE and CYO files")->required();
  submit->callback([=] { program->Choose([=] { return Submit(*paths, program); }); });
}

void AddHistory(CLI::App* group, Program* program) {
  CLI::App* history =
      group->add_subcommand("history", "the medication history of who is checked in");
  const auto options = std::make_shared<HistoryOptions>();
  history->add_option("--context", options->context, "care context, from check-in")->required();
  history->add_option_function<std::string>(
      "--from", [=](const std::string& month) { options->request.set_from_month(month); },
      "YYYYMM; default: 36 months before --to");
  history->add_option_function<std::string>(
      "--to", [=](const std::string& month) { options->request.set_to_month(month); },
      "YYYYMM; default: this month in Japan");
  history->callback([=] { program->Choose([=] { return History(*options, program); }); });
}

}  // namespace

void AddMedication(CLI::App* app, Program* program) {
  CLI::App* group = app->add_subcommand("medication", "薬剤情報");
  group->require_subcommand(1);
  AddSubmit(group, program);
  AddHistory(group, program);
}

}  // namespace tsunagu::cli
