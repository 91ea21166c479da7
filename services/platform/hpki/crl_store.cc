#include "services/platform/hpki/crl_store.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <system_error>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/platform/hpki/openssl_ptr.h"

namespace tsunagu::hpki {

struct CrlSet::Data {
  Data() : lists(sk_X509_CRL_new_null()) {}
  ~Data() { sk_X509_CRL_pop_free(lists, X509_CRL_free); }
  Data(const Data&) = delete;
  Data& operator=(const Data&) = delete;

  absl::Status Add(X509_CRL* owned);
  absl::Status AddPem(absl::string_view pem);
  absl::Status AddDer(absl::string_view der);

  STACK_OF(X509_CRL) * lists;
  absl::Time earliest_next_update = absl::InfiniteFuture();
  CrlAges ages;
};

namespace {

constexpr absl::string_view kPemStart = "-----BEGIN ";

std::string ScopeOf(const X509_CRL* crl) {
  unsigned char* name = nullptr;
  const int length = i2d_X509_NAME(X509_CRL_get_issuer(crl), &name);
  std::string scope(reinterpret_cast<char*>(name), static_cast<size_t>(std::max(0, length)));
  OPENSSL_free(name);
  const int at = X509_CRL_get_ext_by_NID(crl, NID_issuing_distribution_point, -1);
  if (at < 0) return scope;
  const ASN1_OCTET_STRING* point = X509_EXTENSION_get_data(X509_CRL_get_ext(crl, at));
  absl::StrAppend(&scope,
                  absl::string_view(reinterpret_cast<const char*>(ASN1_STRING_get0_data(point)),
                                    static_cast<size_t>(ASN1_STRING_length(point))));
  return scope;
}

// The files that hold the lists, in a fixed order.
absl::StatusOr<std::vector<std::string>> FilesOf(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) return std::vector<std::string>{path};
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    const std::string extension = entry.path().extension();
    if (extension == ".pem" || extension == ".crl") files.push_back(entry.path());
  }
  if (error) return absl::UnavailableError(absl::StrCat("cannot list ", path));
  std::sort(files.begin(), files.end());
  return files;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  if (size > kMaxCrlFileBytes) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is too long"));
  }
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return absl::UnavailableError(absl::StrCat("cannot read ", path));
  return text;
}

// Changes whenever one of the files does: names, inodes, sizes and times of writing. A file that is
// replaced in one step has another inode even within the clock's resolution.
absl::StatusOr<std::string> StampOf(const std::string& path) {
  absl::StatusOr<std::vector<std::string>> files = FilesOf(path);
  if (!files.ok()) return files.status();
  std::string stamp;
  for (const std::string& file : *files) {
    struct stat info = {};
    if (stat(file.c_str(), &info) != 0) return absl::NotFoundError(absl::StrCat("no file ", file));
    absl::StrAppend(&stamp, file, " ", info.st_ino, " ", info.st_size, " ", info.st_mtim.tv_sec,
                    ".", info.st_mtim.tv_nsec, "\n");
  }
  return stamp;
}

}  // namespace

absl::Status CrlSet::Data::Add(X509_CRL* owned) {
  CrlPtr crl(owned);
  const std::optional<absl::Time> this_update = ToAbslTime(X509_CRL_get0_lastUpdate(owned));
  const std::optional<absl::Time> next_update = ToAbslTime(X509_CRL_get0_nextUpdate(owned));
  if (!this_update || !next_update) {
    return absl::InvalidArgumentError("a revocation list without thisUpdate or nextUpdate");
  }
  earliest_next_update = std::min(earliest_next_update, *next_update);
  absl::Time& newest = ages.try_emplace(ScopeOf(owned), *this_update).first->second;
  newest = std::max(newest, *this_update);
  sk_X509_CRL_push(lists, crl.release());
  return absl::OkStatus();
}

absl::Status CrlSet::Data::AddPem(absl::string_view pem) {
  const int before = sk_X509_CRL_num(lists);
  const BioPtr in = ReadOnlyBio(pem);
  while (X509_CRL* crl = PEM_read_bio_X509_CRL(in.get(), nullptr, NoPassword, nullptr)) {
    if (absl::Status added = Add(crl); !added.ok()) return added;
  }
  if (!EndOfPem()) return absl::InvalidArgumentError("a revocation list in PEM is malformed");
  if (sk_X509_CRL_num(lists) == before) return absl::InvalidArgumentError("no revocation list");
  return absl::OkStatus();
}

absl::Status CrlSet::Data::AddDer(absl::string_view der) {
  CrlPtr crl = ReadCrl(der);
  if (crl == nullptr) return absl::InvalidArgumentError("not one revocation list in DER");
  return Add(crl.release());
}

CrlSet::CrlSet() : data_(std::make_shared<Data>()) {}

absl::StatusOr<CrlSet> CrlSet::FromPem(absl::string_view pem) {
  if (pem.size() > kMaxCrlFileBytes) return absl::InvalidArgumentError("the lists are too long");
  auto data = std::make_shared<Data>();
  if (absl::Status added = data->AddPem(pem); !added.ok()) return added;
  return CrlSet(std::move(data));
}

absl::StatusOr<CrlSet> CrlSet::FromDer(std::span<const std::string> ders) {
  auto data = std::make_shared<Data>();
  for (const std::string& der : ders) {
    if (der.size() > kMaxCrlFileBytes) return absl::InvalidArgumentError("a list is too long");
    if (absl::Status added = data->AddDer(der); !added.ok()) return added;
  }
  return CrlSet(std::move(data));
}

absl::StatusOr<CrlSet> CrlSet::Load(const std::string& path) {
  absl::StatusOr<std::vector<std::string>> files = FilesOf(path);
  if (!files.ok()) return files.status();
  if (files->empty()) return absl::NotFoundError(absl::StrCat("no revocation lists in ", path));
  auto data = std::make_shared<Data>();
  for (const std::string& file : *files) {
    absl::StatusOr<std::string> text = ReadFile(file);
    if (!text.ok()) return text.status();
    const bool is_der = absl::EndsWith(file, ".crl") && !absl::StrContains(*text, kPemStart);
    const absl::Status added = is_der ? data->AddDer(*text) : data->AddPem(*text);
    if (!added.ok()) return absl::Status(added.code(), absl::StrCat(file, ": ", added.message()));
  }
  return CrlSet(std::move(data));
}

size_t CrlSet::size() const { return static_cast<size_t>(sk_X509_CRL_num(data_->lists)); }

absl::Time CrlSet::earliest_next_update() const {
  return size() == 0 ? absl::InfinitePast() : data_->earliest_next_update;
}

const CrlAges& CrlSet::ages() const { return data_->ages; }

absl::Status CrlSet::CheckNotOlderThan(const CrlAges& held) const {
  for (const auto& [scope, this_update] : data_->ages) {
    const auto other = held.find(scope);
    if (other != held.end() && this_update < other->second) {
      return absl::FailedPreconditionError(
          absl::StrCat("a revocation list of ", absl::FormatTime(this_update, absl::UTCTimeZone()),
                       " is older than the one held"));
    }
  }
  return absl::OkStatus();
}

STACK_OF(X509_CRL) * CrlSet::get() const { return data_->lists; }

CrlStore::CrlStore(std::string path, std::string stamp, CrlSet crls)
    : path_(std::move(path)),
      stamp_(std::move(stamp)),
      newest_(crls.ages()),
      snapshot_{std::move(crls), 1} {}

absl::StatusOr<std::unique_ptr<CrlStore>> CrlStore::Open(std::string path) {
  absl::StatusOr<std::string> stamp = StampOf(path);
  if (!stamp.ok()) return stamp.status();
  absl::StatusOr<CrlSet> crls = CrlSet::Load(path);
  if (!crls.ok()) return crls.status();
  return std::unique_ptr<CrlStore>(
      new CrlStore(std::move(path), *std::move(stamp), *std::move(crls)));
}

absl::StatusOr<bool> CrlStore::Reload() {
  const absl::MutexLock reloading(&reload_mutex_);
  // The stamp is taken first: a file that changes while it is read is read again next time.
  absl::StatusOr<std::string> stamp = StampOf(path_);
  if (!stamp.ok()) return stamp.status();
  if (*stamp == stamp_) return refused_.ok() ? absl::StatusOr<bool>(false) : refused_;
  stamp_ = *std::move(stamp);
  refused_ = Replace();
  return refused_.ok() ? absl::StatusOr<bool>(true) : refused_;
}

absl::Status CrlStore::Replace() {
  absl::StatusOr<CrlSet> crls = CrlSet::Load(path_);
  if (!crls.ok()) return crls.status();
  if (absl::Status newer = crls->CheckNotOlderThan(newest_); !newer.ok()) return newer;
  for (const auto& [scope, this_update] : crls->ages()) newest_[scope] = this_update;
  const absl::MutexLock lock(&mutex_);
  snapshot_ = {*std::move(crls), snapshot_.generation + 1};
  return absl::OkStatus();
}

CrlStore::Snapshot CrlStore::Latest() {
  Reload().IgnoreError();
  return current();
}

CrlStore::Snapshot CrlStore::current() const {
  const absl::MutexLock lock(&mutex_);
  return snapshot_;
}

}  // namespace tsunagu::hpki
