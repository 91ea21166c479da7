#include "tools/terminal/terminal.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace tsunagu::terminal {
namespace {

// Why a name in req/ is no request; null for a request's.
const char* WhyNotTaken(const Entry& entry, const Names& names) {
  if (entry.kind == FileKind::kFolder) return "フォルダーです。|it is a folder";
  if (entry.kind == FileKind::kLink) return "シンボリックリンクです。|it is a symbolic link";
  if (entry.kind != FileKind::kFile) return "通常のファイルではありません。|it is no regular file";
  if (!names.Find(entry.name)) {
    return "ファイル名が要求電文の名前ではありません。|its name is not that of a request";
  }
  return nullptr;
}

Outcome NotARequest(absl::string_view texts) {
  const size_t bar = texts.find('|');
  return Rubbish("TM-011", texts.substr(0, bar), texts.substr(bar + 1));
}

Outcome Unreadable(const absl::Status& status) {
  if (absl::IsResourceExhausted(status)) {
    return Rubbish("TM-013", "ファイルが大きすぎます（上限 4 MiB）。",
                   "the file is larger than 4 MiB");
  }
  return Rubbish("TM-013", "通常のファイルではありません。", "it is no regular file");
}

bool MayWait(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsAborted(status);
}

}  // namespace

Terminal::Terminal(Folder* folder, Exchange* exchange, Names names, Patience patience,
                   absl::Time started)
    : folder_(folder), exchange_(exchange), names_(std::move(names)), patience_(patience) {
  status_.started = started;
  status_.running = true;
}

std::vector<std::string> Terminal::Scan(absl::Time now, const std::set<std::string>& closed) {
  LookAtDropped(now, closed);
  // Who works on a request changes it: what the list says of these may be over already.
  std::set<std::string> others;
  {
    absl::MutexLock lock(&mutex_);
    for (const auto& [name, waiting] : waiting_) {
      if (waiting.working) others.insert(name);
    }
  }
  const auto at_work = folder_->AtWork();
  if (!at_work.ok()) {
    NoteError("FOLDER_FAILED", now);
    return {};
  }
  const int quarantined = folder_->Quarantined().value_or(0);
  absl::MutexLock lock(&mutex_);
  status_.quarantined = quarantined;
  std::erase_if(waiting_, [&](const auto& one) {
    return !others.contains(one.first) && !at_work->contains(one.first);
  });
  std::vector<std::string> ready;
  for (const auto& [name, in_work] : *at_work) {
    if (NextStep(in_work) == Next::kNothing || others.contains(name)) continue;
    Waiting& waiting = waiting_.try_emplace(name, Waiting{.since = now}).first->second;
    if (waiting.working || waiting.due > now) continue;
    waiting.working = true;
    waiting.in_work = in_work;
    ready.push_back(name);
  }
  return ready;
}

void Terminal::LookAtDropped(absl::Time now, const std::set<std::string>& closed) {
  const auto dropped = folder_->Dropped();
  const auto at_work = folder_->AtWork();
  const auto answers = folder_->Answers();
  if (!dropped.ok() || !at_work.ok() || !answers.ok()) return NoteError("FOLDER_FAILED", now);
  std::map<std::string, Seen> seen;
  int waits = 0, blocked = 0;
  absl::Time oldest = absl::InfiniteFuture();
  for (const Entry& entry : *dropped) {
    Seen one{entry.look, now, now};
    if (const auto before = seen_.find(entry.name); before != seen_.end()) {
      one.first = before->second.first;
      if (before->second.look == entry.look) one.since = before->second.since;
    }
    if (const char* why = WhyNotTaken(entry, names_); why != nullptr) {
      // It may be a name that the vendor writes under before it renames.
      if (now - one.since >= patience_.incomplete) {
        PutAside("req", entry, NotARequest(why), now);
      } else {
        seen[entry.name] = one;
      }
      continue;
    }
    const bool in_the_way =
        at_work->contains(entry.name) || answers->contains(names_.Find(entry.name)->answer);
    if (!in_the_way && IsReady(entry, one, now, closed.contains(entry.name)) &&
        folder_->Claim(entry.name).ok()) {
      continue;
    }
    ++waits;
    blocked += in_the_way;
    oldest = std::min(oldest, one.first);
    seen[entry.name] = one;
  }
  seen_ = std::move(seen);
  absl::MutexLock lock(&mutex_);
  status_.dropped = waits;
  status_.answer_not_taken = blocked;
  status_.oldest = oldest;
}

bool Terminal::IsReady(const Entry& entry, const Seen& seen, absl::Time now, bool closed) const {
  return IsWhole(folder_->IsBeingWritten(entry.name), closed, folder_->EndsAsMessage(entry.name),
                 now - seen.since, patience_);
}

void Terminal::PutAside(const char* folder, const Entry& entry, const Outcome& why,
                        absl::Time now) {
  if (!folder_->PutAside(folder, entry, why.code, why.text_ja, why.text_en).ok()) {
    return NoteError("FOLDER_FAILED", now);
  }
  NoteError(why.code.c_str(), now);
}

void Terminal::Work(const std::string& name, absl::Time now) {
  InWork in_work;
  {
    absl::MutexLock lock(&mutex_);
    in_work = waiting_[name].in_work;
  }
  while (Step(name, in_work, now)) {
  }
  absl::MutexLock lock(&mutex_);
  if (NextStep(in_work) == Next::kNothing) {
    waiting_.erase(name);
  } else {
    waiting_[name].working = false;
  }
}

bool Terminal::Step(const std::string& name, InWork& in_work, absl::Time now) {
  absl::Status status;
  switch (NextStep(in_work)) {
    case Next::kAsk:
      in_work.answer = Ask(name, now);
      return in_work.answer;
    case Next::kMark:
      status = folder_->Mark(name);
      in_work.request = !status.ok();
      in_work.answered = status.ok();
      break;
    case Next::kPublish: {
      const auto match = names_.Find(name);
      status = match ? folder_->Publish(name, match->answer)
                     : absl::FailedPreconditionError("its name is not known any more");
      in_work.answer = !status.ok();
      if (status.ok()) {
        absl::MutexLock lock(&mutex_);
        ++status_.answered;
      }
      break;
    }
    case Next::kFinish:
      status = folder_->Finish(name);
      in_work.answered = !status.ok();
      break;
    case Next::kNothing:
      return false;
  }
  if (status.ok()) return true;
  Later(name, absl::IsAlreadyExists(status) ? "ANSWER_NOT_TAKEN" : "FOLDER_FAILED",
        absl::ZeroDuration(), /*unknown=*/false, now);
  return false;
}

bool Terminal::Ask(const std::string& name, absl::Time now) {
  const auto match = names_.Find(name);
  if (!match) {
    PutAsideClaimed(name, NotARequest(WhyNotTaken({.name = name}, names_)), now);
    return false;
  }
  const absl::StatusOr<std::string> bytes = folder_->Read(name, kMaxRequestBytes);
  if (!bytes.ok()) {
    if (MayWait(bytes.status())) {
      Later(name, "FOLDER_FAILED", absl::ZeroDuration(), /*unknown=*/false, now);
    } else {
      PutAsideClaimed(name, Unreadable(bytes.status()), now);
    }
    return false;
  }
  const Outcome outcome = exchange_->Do(match->interface, *bytes);
  switch (outcome.kind) {
    case Outcome::Kind::kRubbish:
      PutAsideClaimed(name, outcome, now);
      return false;
    case Outcome::Kind::kAgain:
      Later(name, outcome.code, outcome.retry_after, /*unknown=*/true, now);
      return false;
    case Outcome::Kind::kAnswer:
      break;
  }
  if (!folder_->KeepAnswer(name, outcome.answer).ok()) {
    Later(name, "FOLDER_FAILED", absl::ZeroDuration(), /*unknown=*/false, now);
    return false;
  }
  absl::MutexLock lock(&mutex_);
  waiting_[name].unknown = false;
  if (outcome.refused) ++status_.refused;
  if (!outcome.code.empty()) Note(outcome.code, now);
  return true;
}

void Terminal::PutAsideClaimed(const std::string& name, const Outcome& why, absl::Time now) {
  const absl::StatusOr<Entry> entry = folder_->Claimed(name);
  if (!entry.ok()) return Later(name, "FOLDER_FAILED", absl::ZeroDuration(), false, now);
  PutAside("work", *entry, why, now);
}

void Terminal::Later(const std::string& name, const std::string& code, absl::Duration told,
                     bool unknown, absl::Time now) {
  absl::MutexLock lock(&mutex_);
  Waiting& waiting = waiting_[name];
  waiting.unknown = unknown;
  waiting.due = now + BackOff(++waiting.attempts, told);
  Note(code, now);
}

void Terminal::Note(const std::string& code, absl::Time now) {
  Status::Seen& seen = status_.codes[code];
  ++seen.count;
  seen.last = now;
}

void Terminal::NoteError(const char* code, absl::Time now) {
  absl::MutexLock lock(&mutex_);
  Note(code, now);
}

Status Terminal::status(absl::Time now) const {
  absl::MutexLock lock(&mutex_);
  Status status = status_;
  status.written = now;
  for (const auto& [name, waiting] : waiting_) {
    ++status.at_work;
    status.unknown += waiting.unknown;
    status.oldest = std::min(status.oldest, waiting.since);
  }
  return status;
}

}  // namespace tsunagu::terminal
