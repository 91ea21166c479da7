#include "tools/cli/prescription_watch.h"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/status/macros.h"
#include "tools/cli/prescription_text.h"
#include "tools/cli/words.h"
#include "tsunagu/prescription/v1/facility.grpc.pb.h"
#include "tsunagu/prescription/v1/watch.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using prescription::v1::WatchRequest;
using prescription::v1::WatchResponse;
using Stub = prescription::v1::PrescriptionWatch::Stub;

constexpr int kMaxWatched = 100;  // RX-471; a page holds as many

// CL-054: a use that is done must not look like a prescription that came back. Empty where it is
// dispensed once.
std::string CourseText(const WatchResponse& told) {
  if (told.course().total() == 0) return "";
  const std::string done =
      absl::StrCat("  調剤済み dispensed ", UseText(told.course(), told.uses()));
  if (told.accept_from().empty()) return done;
  return absl::StrCat(done, "  次回 next ", Day(told.accept_from()), " – ",
                      Day(told.accept_until()));
}

// One line of what is told of a prescription.
std::string Line(const WatchResponse& told) {
  if (told.gone()) {
    return absl::StrCat(
        told.prescription_id(),
        "  この機関では見られません (not, or no longer, for this facility to see)\n");
  }
  return absl::StrCat(told.prescription_id(), "  ", Word(told.status()), "  ",
                      Time(told.changed_at()),
                      told.holder().empty() ? "" : absl::StrCat("  薬局 pharmacy ", told.holder()),
                      CourseText(told), "\n");
}

// So that the next stream goes on where this one ended.
void Remember(const WatchResponse& told, WatchRequest& request) {
  auto& list = *request.mutable_prescriptions();
  for (int i = 0; i < list.size(); ++i) {
    if (list[i].prescription_id() != told.prescription_id()) continue;
    list[i].set_seen(told.version());
    if (told.gone()) list.DeleteSubrange(i, 1);
    return;
  }
}

// CL-048: as many as one stream follows; who has more is told.
absl::Status AddIssuedToday(const Session& session, WatchRequest& request) {
  using ListStub = prescription::v1::FacilityPrescriptions::Stub;
  prescription::v1::ListIssuedRequest list;
  list.set_page_size(kMaxWatched);
  ASSIGN_OR_RETURN(const auto response, session.Call(&ListStub::ListIssued, list));
  for (const auto& one : response.prescriptions()) {
    request.add_prescriptions()->set_prescription_id(one.prescription_id());
  }
  if (response.prescriptions().empty()) {
    std::cerr << "本日交付した処方箋はありません (nothing was issued today)\n";
  }
  if (!response.next_page_token().empty()) {
    std::cerr << "【注意】最初の " << kMaxWatched
              << " 件だけです (these are the first; there are more)\n";
  }
  return absl::OkStatus();
}

// Until the server ends a stream for good, or there is nothing left to follow.
absl::Status Watch(WatchRequest request, bool issued, Program* program) {
  ASSIGN_OR_RETURN(const Session session, program->Connect());
  if (issued) RETURN_IF_ERROR(AddIssuedToday(session, request));
  for (bool again = true; again && !request.prescriptions().empty();) {
    again = false;
    const WatchRequest begun = request;
    RETURN_IF_ERROR(session.Follow(&Stub::Watch, begun, [&](const WatchResponse& told) {
      if (told.has_again_after()) {
        again = true;
        absl::SleepFor(absl::Seconds(told.again_after().seconds()));
      } else if (!told.prescription_id().empty()) {
        Remember(told, request);
        program->PrintNow(told, Line(told));
      }
    }));
  }
  return absl::OkStatus();
}

}  // namespace

void AddPrescriptionWatch(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "watch", "tells what prescriptions are, and each change, a line each; ends with Ctrl-C");
  const auto request = std::make_shared<WatchRequest>();
  const auto issued = std::make_shared<bool>(false);
  CLI::Option* ids = command->add_option_function<std::vector<std::string>>(
      "id",
      [=](const std::vector<std::string>& all) {
        for (const auto& id : all) request->add_prescriptions()->set_prescription_id(id);
      },
      "処方箋ID, up to 100");
  command->add_flag("--issued", *issued, "what this facility has issued today, up to 100")
      ->excludes(ids);
  command->callback([=] {
    if (!*issued && request->prescriptions().empty()) throw CLI::RequiredError("id, or --issued,");
    program->Choose([=] { return Watch(*request, *issued, program); });
  });
}

}  // namespace tsunagu::cli
