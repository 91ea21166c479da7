#include "services/platform/rpc/reload_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace tsunagu::rpc {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

std::string LinesOf(const std::function<void()>& act) {
  testing::internal::CaptureStderr();
  act();
  return testing::internal::GetCapturedStderr();
}

TEST(ReloadLogTest, AFaultIsToldOnceAndSoIsItsEnd) {
  ReloadLog log("crls");
  const auto tell = [&log](const absl::StatusOr<bool>& changed) {
    return LinesOf([&] { EXPECT_EQ(log.Tell(changed), changed.ok()); });
  };
  EXPECT_THAT(tell(false), IsEmpty());
  EXPECT_THAT(tell(true), HasSubstr(R"("event":"crls.reloaded")"));
  const absl::Status malformed = absl::InvalidArgumentError("malformed");
  EXPECT_THAT(tell(malformed), AllOf(HasSubstr("crls.not_reloaded"), HasSubstr("malformed")));
  EXPECT_THAT(tell(malformed), IsEmpty());
  EXPECT_THAT(tell(absl::NotFoundError("gone")), HasSubstr("gone"));
  EXPECT_THAT(tell(false), HasSubstr("crls.reloaded")) << "the old file is back";
  EXPECT_THAT(tell(false), IsEmpty());
}

}  // namespace
}  // namespace tsunagu::rpc
