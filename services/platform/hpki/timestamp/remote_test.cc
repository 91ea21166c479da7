#include "services/platform/hpki/timestamp/remote.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/hpki/timestamp/authority.h"
#include "services/platform/hpki/timestamp/token.h"
#include "services/platform/hpki/xades/test_keys.h"

namespace tsunagu::timestamp {
namespace {

using xades::AuthorityKey;
using xades::TestKey;

constexpr char kPolicy[] = "1.2.3.4";

// Answers one HTTP request after the other with what `answer` makes of its body.
class Server {
 public:
  explicit Server(std::function<std::string(const std::string&)> answer)
      : answer_(std::move(answer)), listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(listener_, 8), 0);
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ~Server() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }

  std::string url(const char* scheme = "http") const {
    return absl::StrCat(scheme, "://127.0.0.1:", port_, "/tsa");
  }

 private:
  void Serve() {
    while (true) {
      const int connection = accept(listener_, nullptr, nullptr);
      if (connection < 0) return;
      const std::string whole = answer_(ReadBody(connection));
      send(connection, whole.data(), whole.size(), MSG_NOSIGNAL);
      close(connection);
    }
  }

  static std::string ReadBody(int connection) {
    std::string text;
    char buffer[4096];
    while (true) {
      const size_t head = text.find("\r\n\r\n");
      const size_t field = text.find("Content-Length: ");
      if (head != std::string::npos && field != std::string::npos) {
        const size_t end = text.find("\r\n", field);
        size_t length = 0;
        EXPECT_TRUE(absl::SimpleAtoi(text.substr(field + 16, end - field - 16), &length));
        EXPECT_TRUE(absl::StrContains(text, "Content-Type: application/timestamp-query"));
        if (text.size() >= head + 4 + length) return text.substr(head + 4);
      }
      const ssize_t got = recv(connection, buffer, sizeof(buffer), 0);
      if (got <= 0) return "";
      text.append(buffer, static_cast<size_t>(got));
    }
  }

  const std::function<std::string(const std::string&)> answer_;
  const int listener_;
  int port_ = 0;
  std::thread thread_;
};

std::string Http(const std::string& body, const std::string& status = "200 OK") {
  return absl::StrCat("HTTP/1.1 ", status, "\r\nContent-Type: application/timestamp-reply\r\n",
                      "Content-Length: ", body.size(), "\r\nConnection: close\r\n\r\n", body);
}

Authority MakeAuthority(const TestKey& key = AuthorityKey()) {
  return *Authority::Create(key.key_pem, key.cert_pem, {kPolicy});
}

RemoteAuthority Remote(const Server& server, const std::string& policy = kPolicy,
                       const TestKey& trusted = AuthorityKey()) {
  RemoteAuthority::Options options;
  options.url = server.url();
  options.policy = policy;
  return *RemoteAuthority::Create(trusted.cert_pem, options);
}

absl::Status StampBy(const std::function<std::string(const std::string&)>& answer) {
  const Server server(answer);
  return Remote(server).Stamp("bytes").status();
}

TEST(RemoteAuthorityTest, SIG072AGoodAnswerGivesItsToken) {
  const Server server(
      [](const std::string& request) { return Http(*MakeAuthority().Respond(request)); });
  for (const char* policy : {kPolicy, ""}) {
    const auto token = Remote(server, policy).Stamp("bytes");
    ASSERT_TRUE(token.ok()) << token.status();
    EXPECT_TRUE(IsImprintOf(*ReadToken(*token), "bytes"));
    EXPECT_EQ(ReadToken(*token)->policy, kPolicy);
  }
}

TEST(RemoteAuthorityTest, SIG072AnAnswerToAnotherRequestIsRefused) {
  // The same bytes, another nonce: a token of yesterday.
  std::string first;
  const Server server([&first](const std::string& request) {
    if (first.empty()) first = *MakeAuthority().Respond(request);
    return Http(first);
  });
  const RemoteAuthority remote = Remote(server);
  EXPECT_TRUE(remote.Stamp("bytes").ok());
  const absl::Status replayed = remote.Stamp("bytes").status();
  EXPECT_TRUE(absl::IsUnavailable(replayed)) << replayed;
  EXPECT_TRUE(absl::StrContains(replayed.message(), "nonce")) << replayed;
  EXPECT_TRUE(absl::IsUnavailable(remote.Stamp("other bytes").status()));
}

TEST(RemoteAuthorityTest, SIG072AnAuthorityThatIsNotTrustedIsRefused) {
  const TestKey other = xades::MakeEcKey("P-256", /*for_time_stamps=*/true);
  EXPECT_TRUE(absl::IsUnavailable(StampBy([&other](const std::string& request) {
    return Http(*MakeAuthority(other).Respond(request));
  })));
}

TEST(RemoteAuthorityTest, SIG072AnotherPolicyIsRefused) {
  const Server server(
      [](const std::string& request) { return Http(*MakeAuthority().Respond(request)); });
  EXPECT_TRUE(absl::IsUnavailable(Remote(server, "1.2.3.5").Stamp("bytes").status()));
}

TEST(RemoteAuthorityTest, SIG072WhatIsNoAnswerIsUnavailable) {
  const std::string answers[] = {
      "", "nonsense", Http(""), Http("nonsense"), Http("", "503 Service Unavailable"),
      Http(std::string(300 * 1024, 'x')),
      "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
      // A rejection: the request cannot be read.
      Http(*MakeAuthority().Respond("nonsense"))};
  for (const std::string& answer : answers) {
    const absl::Status status = StampBy([&answer](const std::string&) { return answer; });
    EXPECT_TRUE(absl::IsUnavailable(status)) << status << answer.substr(0, 40);
  }
}

TEST(RemoteAuthorityTest, SIG072NobodyThereAndNobodyInTimeIsUnavailable) {
  RemoteAuthority::Options options;
  options.timeout = absl::Milliseconds(100);
  const Server slow([](const std::string&) {
    absl::SleepFor(absl::Milliseconds(500));
    return std::string();
  });
  for (const std::string& url :
       {std::string("http://127.0.0.1:1/"), slow.url(), slow.url("https")}) {
    options.url = url;
    const absl::Time start = absl::Now();
    const auto remote = RemoteAuthority::Create(AuthorityKey().cert_pem, options);
    EXPECT_TRUE(absl::IsUnavailable(remote->Stamp("bytes").status())) << url;
    EXPECT_LT(absl::Now() - start, absl::Seconds(5)) << url;
  }
}

TEST(RemoteAuthorityTest, SIG072ABadConfigurationIsRefusedAtStart) {
  const auto create = [](const std::string& url, const std::string& policy,
                         const std::string& trusted, absl::Duration timeout) {
    RemoteAuthority::Options options;
    options.url = url;
    options.policy = policy;
    options.timeout = timeout;
    return RemoteAuthority::Create(trusted, options).ok();
  };
  const std::string good = AuthorityKey().cert_pem;
  EXPECT_TRUE(create("http://127.0.0.1/", kPolicy, good, absl::Seconds(1)));
  EXPECT_FALSE(create("file:///etc/passwd", kPolicy, good, absl::Seconds(1)));
  EXPECT_FALSE(create("http://127.0.0.1/", "policy", good, absl::Seconds(1)));
  EXPECT_FALSE(create("http://127.0.0.1/", kPolicy, "", absl::Seconds(1)));
  EXPECT_FALSE(create("http://127.0.0.1/", kPolicy, good, absl::ZeroDuration()));
}

}  // namespace
}  // namespace tsunagu::timestamp
