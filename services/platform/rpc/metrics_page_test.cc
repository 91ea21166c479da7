#include "services/platform/rpc/metrics_page.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"

namespace tsunagu::rpc {
namespace {

TEST(MetricsPageTest, NoAddressMeansNoPage) {
  EXPECT_TRUE(MetricsPage::Serve("", std::make_shared<prometheus::Registry>()).ok());
}

TEST(MetricsPageTest, AnAddressThatCannotBeUsedIsNamed) {
  const auto page = MetricsPage::Serve("127.0.0.1:99999", std::make_shared<prometheus::Registry>());
  ASSERT_FALSE(page.ok());
  EXPECT_NE(page.status().message().find("127.0.0.1:99999"), absl::string_view::npos);
}

TEST(MetricsPageTest, AnAddressInUseIsAnError) {
  const int taken = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(taken, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(taken, 1), 0);
  getsockname(taken, reinterpret_cast<sockaddr*>(&address), &size);
  const std::string text = absl::StrCat("127.0.0.1:", ntohs(address.sin_port));
  EXPECT_FALSE(MetricsPage::Serve(text, std::make_shared<prometheus::Registry>()).ok());
  close(taken);
}

}  // namespace
}  // namespace tsunagu::rpc
