#include "tools/terminal/folder.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/platform/status/macros.h"
#include "tools/terminal/names.h"

namespace tsunagu::terminal {
namespace {

constexpr char kReasonSuffix[] = ".reason.txt";
constexpr char kStatusFile[] = "status.json";
constexpr size_t kTailBytes = 64;

std::string InReq(absl::string_view name) { return absl::StrCat("req/", name); }
std::string InWorkFolder(absl::string_view name, absl::string_view suffix = "") {
  return absl::StrCat("work/", name, suffix);
}

// A name that nothing else has, and the same again after a crash.
std::string UniqueName(const Entry& entry) {
  return absl::StrCat(SafeName(entry.name), ".",
                      absl::StrFormat("%x-%x", entry.look.inode, entry.look.changed_ns));
}

}  // namespace

bool IsQuarantined(const std::string& name) { return !absl::EndsWith(name, kReasonSuffix); }

absl::StatusOr<std::map<std::string, InWork>> Folder::AtWork() const {
  ASSIGN_OR_RETURN(const std::vector<Entry> entries, files_->List("work"));
  std::map<std::string, InWork> requests;
  for (const Entry& entry : entries) {
    InWork one;
    const std::string name = RequestOf(entry.name, one);
    if (name.empty()) continue;
    InWork& all = requests[name];
    all.request |= one.request;
    all.answer |= one.answer;
    all.answered |= one.answered;
  }
  return requests;
}

absl::StatusOr<std::set<std::string>> Folder::Answers() const {
  ASSIGN_OR_RETURN(const std::vector<Entry> entries, files_->List("res"));
  std::set<std::string> names;
  for (const Entry& entry : entries) names.insert(entry.name);
  return names;
}

absl::StatusOr<int> Folder::Quarantined() const {
  ASSIGN_OR_RETURN(const std::vector<Entry> entries, files_->List("quarantine"));
  int count = 0;
  for (const Entry& entry : entries) count += IsQuarantined(entry.name);
  return count;
}

bool Folder::IsBeingWritten(const std::string& name) const {
  return files_->IsBeingWritten(InReq(name));
}

bool Folder::EndsAsMessage(const std::string& name) const {
  const absl::StatusOr<std::string> tail = files_->Tail(InReq(name), kTailBytes);
  return tail.ok() && terminal::EndsAsMessage(*tail);
}

absl::Status Folder::Claim(const std::string& name) {
  return files_->Move(InReq(name), InWorkFolder(name));
}

absl::StatusOr<std::string> Folder::Read(const std::string& name, size_t max) const {
  // Who had it open before it was claimed may still be writing.
  if (files_->IsBeingWritten(InWorkFolder(name))) return absl::AbortedError("being written");
  return files_->Read(InWorkFolder(name), max);
}

absl::StatusOr<Entry> Folder::Claimed(const std::string& name) const {
  ASSIGN_OR_RETURN(std::vector<Entry> entries, files_->List("work"));
  for (Entry& entry : entries) {
    if (entry.name == name) return std::move(entry);
  }
  return absl::UnavailableError("it is not there");
}

absl::Status Folder::KeepAnswer(const std::string& name, absl::string_view answer) {
  RETURN_IF_ERROR(files_->Write(InWorkFolder(name, kDraftSuffix), answer));
  return files_->Move(InWorkFolder(name, kDraftSuffix), InWorkFolder(name, kAnswerSuffix));
}

absl::Status Folder::Mark(const std::string& name) {
  return files_->Move(InWorkFolder(name), InWorkFolder(name, kAnsweredSuffix));
}

absl::Status Folder::Publish(const std::string& name, const std::string& answer_name) {
  return files_->Move(InWorkFolder(name, kAnswerSuffix), absl::StrCat("res/", answer_name));
}

absl::Status Folder::Finish(const std::string& name) {
  const std::string answered = InWorkFolder(name, kAnsweredSuffix);
  return keep_ ? MoveBeside(answered, absl::StrCat("done/", name)) : files_->Remove(answered);
}

absl::Status Folder::MoveBeside(const std::string& from, const std::string& to) {
  absl::Status moved = files_->Move(from, to);
  for (int copy = 2; absl::IsAlreadyExists(moved); ++copy) {
    moved = files_->Move(from, absl::StrCat(to, ".", copy));
  }
  return moved;
}

absl::Status Folder::PutAside(const std::string& folder, const Entry& entry, absl::string_view code,
                              absl::string_view text_ja, absl::string_view text_en) {
  const std::string target = absl::StrCat("quarantine/", UniqueName(entry));
  const std::string reason = absl::StrCat(target, kReasonSuffix);
  RETURN_IF_ERROR(files_->Write(reason, absl::StrCat(code, "\n", text_ja, "\n", text_en, "\n")));
  return MoveBeside(absl::StrCat(folder, "/", entry.name), target);
}

absl::Status Folder::WriteStatus(absl::string_view json) {
  const std::string draft = absl::StrCat(kStatusFile, kDraftSuffix);
  RETURN_IF_ERROR(files_->Write(draft, json));
  return files_->Replace(draft, kStatusFile);
}

}  // namespace tsunagu::terminal
