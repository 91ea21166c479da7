#include "tools/cli/prescription_watch.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/status/macros.h"
#include "tools/cli/words.h"
#include "tsunagu/prescription/v1/watch.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using prescription::v1::WatchRequest;
using prescription::v1::WatchResponse;
using Stub = prescription::v1::PrescriptionWatch::Stub;

// One line of what is told of a prescription.
std::string Line(const WatchResponse& told) {
  if (told.gone()) {
    return absl::StrCat(
        told.prescription_id(),
        "  この機関では見られません (not, or no longer, for this facility to see)\n");
  }
  return absl::StrCat(
      told.prescription_id(), "  ", Word(told.status()), "  ", Time(told.changed_at()),
      told.holder().empty() ? "" : absl::StrCat("  薬局 pharmacy ", told.holder()), "\n");
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

// Until the server ends a stream for good, or there is nothing left to follow.
absl::Status Watch(WatchRequest request, Program* program) {
  ASSIGN_OR_RETURN(const Session session, program->Connect());
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
  command
      ->add_option_function<std::vector<std::string>>(
          "id",
          [=](const std::vector<std::string>& ids) {
            for (const auto& id : ids) request->add_prescriptions()->set_prescription_id(id);
          },
          "処方箋ID, up to 100")
      ->required();
  command->callback([=] { program->Choose([=] { return Watch(*request, program); }); });
}

}  // namespace tsunagu::cli
