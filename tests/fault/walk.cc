// Random walks through the lives of prescriptions, against an installation whose processes die
// meanwhile: the services have to answer what the model answers (services/prescription/model.h).
//
//   walk PKI GATEWAY WALKERS     until standard input ends; then prints what was done
//
// Does as a good client does: whatever has an unknown outcome is sent again under its command id.
// Exit status 1 at the first answer that the model would not give; the deeds are printed.
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/sign.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/prescription/model.h"
#include "services/prescription/test_documents.h"
#include "services/prescription/test_walk.h"
#include "tests/load/documents.h"
#include "tools/cli/error_text.h"
#include "tools/cli/session.h"
#include "tsunagu/prescription/v1/prescription.grpc.pb.h"

namespace tsunagu::fault {
namespace {

using prescription::Choose;
using prescription::model::Act;
using prescription::model::Deed;
using prescription::model::Model;
using prescription::model::Terms;
using xades::DocumentKind;
namespace v1 = prescription::v1;
using Stub = v1::Prescriptions::Stub;

constexpr int kSteps = 25;
constexpr absl::Duration kPatience = absl::Minutes(3);  // with one command
constexpr absl::Duration kPause = absl::Milliseconds(100);
constexpr absl::Duration kDeadline = absl::Seconds(5);
const std::string kClinicCode = prescription::kClinic;
const std::string kPharmacyCodes[] = {"1341234563", "1341234571"};  // tools/pki

struct Counts {
  std::atomic<int> walks = 0, deeds = 0, refused = 0, sent_again = 0;
};

// Whether the call may have been done or not.
bool IsOpen(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsAborted(status) || absl::IsResourceExhausted(status) || absl::IsUnknown(status) ||
         absl::IsCancelled(status);
}

// The reason; of what none is told, the status.
std::string Why(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason.empty() ? status.ToString() : reason;
}

// Somebody at a facility: calls and signs.
struct Practitioner {
  cli::Session session;
  xades::Signer signer;

  static Practitioner Of(const std::string& pki, const std::string& gateway,
                         const std::string& identity) {
    cli::SessionOptions options;
    options.identity = absl::StrCat(pki, "/identities/", identity);
    options.ca_file = absl::StrCat(pki, "/internal/ca.pem");
    options.gateway = gateway;
    options.deadline = kDeadline;
    return {cli::Session::Open(options).value(), load::SignerOf(pki, identity)};
  }

  std::string Sign(const std::string& document, DocumentKind kind) const {
    return signer.Sign(document, kind, absl::Now()).value();
  }
};

// One walk at a time, on prescriptions of persons whom no other walker has.
class Walker {
 public:
  Walker(const std::string& pki, const std::string& gateway, int number, Counts* counts)
      : doctor_(Practitioner::Of(pki, gateway, "clinic-1-doctor")),
        pharmacists_{Practitioner::Of(pki, gateway, "pharmacy-1-pharmacist"),
                     Practitioner::Of(pki, gateway, "pharmacy-2-pharmacist")},
        number_(number),
        random_(static_cast<unsigned>(number)),
        counts_(counts) {}

  // What went wrong; empty when nothing did.
  std::string Walk() {
    story_ = absl::StrCat("walker ", number_, ", walk ", ++walks_, "\n");
    today_ = national::JstDay(absl::Now());
    terms_ = prescription::ChooseTerms(choose_, today_);
    document_.clear();
    Model model(terms_);
    if (!Begin(&model)) return story_;
    for (int step = 0; step < kSteps; ++step) {
      const Deed deed =
          prescription::ChooseDeed(choose_, terms_, model, kClinicCode, kPharmacyCodes, today_);
      const bool of_document = deed.act == Act::kDispense || deed.act == Act::kChangeResult;
      if (of_document && document_.empty()) continue;
      const std::string expected = model.Do(deed);
      if (!Agrees(deed, expected, Ask(deed)) || !LooksLike(model)) return story_;
    }
    ++counts_->walks;
    return "";
  }

 private:
  bool Fail(const std::string& what) {
    absl::StrAppend(&story_, "  ", what, "\n");
    return false;
  }

  bool Agrees(const Deed& deed, const std::string& expected, const std::string& answered) {
    absl::StrAppend(&story_, "  act ", static_cast<int>(deed.act), " of ", deed.facility, ": ",
                    answered, "\n");
    ++counts_->deeds;
    if (answered != "OK") ++counts_->refused;
    return answered == expected || Fail(absl::StrCat("the model says ", expected));
  }

  // Until the outcome is known.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Insist(const Practitioner& who,
                                  grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                               Response*),
                                  const Request& request) {
    const absl::Time limit = absl::Now() + kPatience;
    while (true) {
      const auto answer = who.session.Call(method, request);
      if (answer.ok() || !IsOpen(answer.status()) || absl::Now() > limit) return answer;
      ++counts_->sent_again;
      absl::SleepFor(kPause);
    }
  }

  const Practitioner& At(const std::string& facility) const {
    if (facility == kClinicCode) return doctor_;
    return pharmacists_[facility == kPharmacyCodes[0] ? 0 : 1];
  }

  std::string NewCommand() { return absl::StrCat("walk-", run_, "-", number_, "-", ++commands_); }

  template <typename Request, typename Response>
  std::string Do(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                 const Deed& deed, Request request = {}) {
    request.set_prescription_id(id_);
    request.set_command_id(NewCommand());
    if constexpr (std::is_same_v<Request, v1::AcceptRequest>) FillIdentity(request);
    const auto answer = Insist(At(deed.facility), method, request);
    if (!answer.ok()) return Why(answer.status());
    v1::GetCommandRequest became;  // of what was done
    became.set_prescription_id(id_);
    became.set_command_id(request.command_id());
    const auto found = Insist(At(deed.facility), &Stub::GetCommand, became);
    if (!found.ok() || !found->known()) return "OK, BUT THE COMMAND IS NOT KNOWN";
    if constexpr (std::is_same_v<Response, v1::AcceptResponse>) document_ = answer->document();
    return "OK";
  }

  // Of this walk's person, with drugs of the installation's master.
  std::string OfPerson(const std::string& text) const {
    return absl::StrReplaceAll(
        text,
        {{"２３４", number_text_},
         {"612170709,ノルバスク錠２．５ｍｇ", "620007818,合成アムロジピンＯＤ錠５ｍｇ"},
         {"7,2171014M2ZZZ,【般】ニフェジピンカプセル１０ｍｇ,1,1,カプセル",
          "2,629990011,合成カンデサルタン錠８ｍｇ,1,1,錠"},
         {"610421321,アダラートＣＲ錠２０ｍｇ", "629990012,合成オルメサルタンＯＤ錠２０ｍｇ"}});
  }

  template <typename Request>
  void FillIdentity(Request& request) const {
    const auto insured = prescription::Insured();
    request.mutable_identity()->set_insurer(insured.insurer);
    request.mutable_identity()->set_symbol(insured.symbol);
    request.mutable_identity()->set_number(absl::StrCat(person_));
    request.mutable_identity()->set_branch(insured.branch);
  }

  std::string NewPrescription() {
    const std::string text =
        prescription::PrescriptionTextOf(terms_, 1 + ++documents_ % 900, today_);
    return doctor_.Sign(xades::BuildPrescription(OfPerson(text), "").value(),
                        DocumentKind::kPrescription);
  }

  std::string Result(const Deed& deed) {
    const std::string text = OfPerson(prescription::ResultTextOf(deed, terms_));
    return At(deed.facility)
        .Sign(xades::BuildDispensing({text, document_, ""}).value(), DocumentKind::kDispensing);
  }

  // Registers; now and then it is cancelled before (RX-071).
  bool Begin(Model* model) {
    person_ = 1'000'000 * (1 + number_) + walks_;
    number_text_.clear();
    for (const char digit : absl::StrCat(person_)) {
      absl::StrAppend(&number_text_, "\xEF\xBC", std::string(1, static_cast<char>(digit + 0x60)));
    }
    v1::RegisterRequest request;
    request.set_command_id(NewCommand());
    request.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
    request.set_insured_confirmed(true);
    request.set_document(NewPrescription());
    const bool overtaken = choose_(8) == 0;
    if (overtaken && !CancelEarly(request.command_id())) return false;
    const auto answer = Insist(doctor_, &Stub::Register, request);
    if (!answer.ok()) return Fail(cli::ErrorText(answer.status()));
    id_ = answer->prescription_id();
    model->Do({Act::kRegister, kClinicCode, today_, 1, false, {}});
    if (overtaken) model->Do({Act::kCancel, kClinicCode, today_, 1, false, {}});
    return LooksLike(*model);
  }

  bool CancelEarly(const std::string& command) {
    v1::CancelRequest request;
    request.set_command_id(NewCommand());
    request.set_register_command_id(command);
    FillIdentity(request);
    const auto answer = Insist(doctor_, &Stub::Cancel, request);
    absl::StrAppend(&story_, "  cancelled before it was registered\n");
    return answer.ok() || Fail(absl::StrCat("early cancel: ", Why(answer.status())));
  }

  std::string Ask(const Deed& deed) {
    switch (deed.act) {
      case Act::kChange: {
        v1::ChangeRequest request;
        request.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
        request.set_insured_confirmed(true);
        request.set_document(NewPrescription());
        return Do(&Stub::Change, deed, request);
      }
      case Act::kCancel:
        return Do(&Stub::Cancel, deed);
      case Act::kUndoCancel:
        return Do(&Stub::UndoCancel, deed);
      case Act::kUndoChange:
        return Do(&Stub::UndoChange, deed);
      case Act::kAccept:
        return Do(&Stub::Accept, deed);
      case Act::kRelease:
        return Do(&Stub::Release, deed);
      case Act::kCollect:
        return Do(&Stub::Collect, deed);
      case Act::kUndoCollect:
        return Do(&Stub::UndoCollect, deed);
      case Act::kCancelResult:
        return Do(&Stub::CancelResult, deed);
      case Act::kChangeResult: {
        v1::ChangeResultRequest request;
        request.set_document(Result(deed));
        return Do(&Stub::ChangeResult, deed, request);
      }
      default: {
        v1::DispenseRequest request;
        request.set_document(Result(deed));
        return Do(&Stub::Dispense, deed, request);
      }
    }
  }

  bool LooksLike(const Model& model) {
    v1::GetStatusRequest request;
    request.set_prescription_id(id_);
    const auto seen = Insist(doctor_, &Stub::GetStatus, request);
    if (!seen.ok()) return Fail(absl::StrCat("status: ", Why(seen.status())));
    const std::string expected =
        absl::StrCat("STATUS_", model.Status(today_), " ", model.Holder(), " ", model.Results());
    const std::string found =
        absl::StrCat(v1::Status_Name(seen->status()), " ", seen->holder(), " ", seen->uses());
    return found == expected || Fail(absl::StrCat("is ", found, ", in the model ", expected));
  }

  const Practitioner doctor_;
  const Practitioner pharmacists_[2];
  const int number_;
  const int64_t run_ = absl::ToUnixMicros(absl::Now());
  std::mt19937 random_;
  const Choose choose_ = [this](int n) {
    return static_cast<int>(random_() % static_cast<unsigned>(n));
  };
  Counts* const counts_;
  int walks_ = 0, commands_ = 0, documents_ = 0, person_ = 0;
  std::string story_;
  absl::CivilDay today_;
  Terms terms_;
  std::string number_text_, id_, document_;
};

}  // namespace
}  // namespace tsunagu::fault

int main(int argc, char** argv) {
  int walkers = 0;
  if (argc != 4 || !absl::SimpleAtoi(argv[3], &walkers)) {
    std::cerr << "walk PKI GATEWAY WALKERS\n";
    return 64;
  }
  tsunagu::fault::Counts counts;
  std::atomic<bool> stop = false, sound = true;
  std::vector<std::thread> threads;
  for (int i = 0; i < walkers; ++i) {
    threads.emplace_back([&, i] {
      tsunagu::fault::Walker walker(argv[1], argv[2], i, &counts);
      while (!stop && sound) {
        const std::string wrong = walker.Walk();
        if (!wrong.empty() && sound.exchange(false)) std::cout << wrong << std::flush;
      }
    });
  }
  std::string line;
  while (std::getline(std::cin, line)) {
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
  std::cout << counts.walks << " walks, " << counts.deeds << " deeds, " << counts.refused
            << " refused as the model says, " << counts.sent_again << " calls sent again\n";
  return sound ? EXIT_SUCCESS : EXIT_FAILURE;
}
