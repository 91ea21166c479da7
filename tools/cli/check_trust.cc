#include "tools/cli/check_trust.h"

#include <openssl/pem.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "tools/cli/files.h"

namespace tsunagu::cli {
namespace {

// The files of one hierarchy hold a handful.
constexpr size_t kMaxCertificates = 256;

std::vector<std::string> FilesOf(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) return {path};
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    if (entry.path().extension() == ".pem") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

absl::Status Refuse(const char* option, absl::string_view why) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "TRUST_UNREADABLE", why)
      .Rule("SIG-069")
      .Field(option, "PEM: 証明書または失効リスト certificates or revocation lists");
}

// The lists of a text, in DER.
std::vector<std::string> ListsIn(const std::string& pem) {
  std::vector<std::string> lists;
  const hpki::ScopedErrorMark mark;
  const hpki::BioPtr in = hpki::ReadOnlyBio(pem);
  while (true) {
    const hpki::CrlPtr list(PEM_read_bio_X509_CRL(in.get(), nullptr, hpki::NoPassword, nullptr));
    if (list == nullptr) return lists;
    lists.push_back(hpki::WriteDer<i2d_X509_CRL>(list.get()));
  }
}

struct Read {
  std::vector<hpki::Certificate> certificates;
  std::vector<std::string> lists;
};

absl::StatusOr<Read> ReadAll(const char* option, const std::vector<std::string>& paths) {
  Read read;
  for (const std::string& path : paths) {
    size_t found = 0;
    for (const std::string& file : FilesOf(path)) {
      ASSIGN_OR_RETURN(const std::string pem, ReadFile(file));
      const auto certificates = hpki::Certificate::ListFromPem(pem, kMaxCertificates);
      if (!certificates.ok()) return Refuse(option, certificates.status().message());
      const std::vector<std::string> lists = ListsIn(pem);
      found += certificates->size() + lists.size();
      read.certificates.insert(read.certificates.end(), certificates->begin(), certificates->end());
      read.lists.insert(read.lists.end(), lists.begin(), lists.end());
    }
    if (found == 0) return Refuse(option, "no certificate and no revocation list");
  }
  return read;
}

}  // namespace

absl::StatusOr<xades::Anchors> ReadAnchors(const std::vector<std::string>& signers,
                                           const std::vector<std::string>& authorities) {
  xades::Anchors anchors;
  ASSIGN_OR_RETURN(Read read, ReadAll("--trust", signers));
  const hpki::ScopedErrorMark mark;
  for (const hpki::Certificate& certificate : read.certificates) {
    const bool is_root = X509_self_signed(certificate.get(), 1) == 1;
    (is_root ? anchors.roots : anchors.intermediates).push_back(certificate);
  }
  anchors.revocation_lists = std::move(read.lists);
  ASSIGN_OR_RETURN(read, ReadAll("--trust-tsa", authorities));
  anchors.authorities = std::move(read.certificates);
  anchors.revocation_lists.insert(anchors.revocation_lists.end(), read.lists.begin(),
                                  read.lists.end());
  return anchors;
}

}  // namespace tsunagu::cli
