#include "tests/load/documents.h"

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/national/jst.h"
#include "tests/load/wire.h"

namespace tsunagu::load {
namespace {

constexpr char kInsurer[] = "01130012";
constexpr char kSymbol[] = "77777777";
constexpr char kWideSymbol[] = "７７７７７７７７";
constexpr char kBranch[] = "00";
constexpr size_t kFirstNumber = 1'000'000;
constexpr size_t kFirstPlace = 5'000'000;

template <typename T>
T OrDie(absl::StatusOr<T> value) {
  if (value.ok()) return *std::move(value);
  std::cerr << "load: a document cannot be made: " << value.status() << "\n";
  std::exit(EXIT_FAILURE);
}

std::string NumberOf(size_t person) { return absl::StrCat(kFirstNumber + person); }

// Digits in full width, as record files have them.
std::string Wide(const std::string& digits) {
  static const char* const kWide[] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
  std::string wide;
  for (const char digit : digits) wide += kWide[digit - '0'];
  return wide;
}

// 医療機関コード, without prefecture and fee table.
size_t PlaceOf(size_t person) { return kFirstPlace + person % kPlaces; }

std::string Today() { return national::FormatDay(national::JstDay(absl::Now())); }

std::string InsuranceRecords(size_t person, const std::string& day) {
  return absl::StrCat("22,", kInsurer, "\n23,", kWideSymbol, ",", Wide(NumberOf(person)), ",1,",
                      kBranch, "\n51,", day, "\n");
}

constexpr char kPatientRecords[] =
    "11,,負荷　試験,ﾌｶ ｼｹﾝ\n"
    "12,1\n"
    "13,19700415\n";

constexpr char kDrugRecords[] =
    "101,1,1,,28\n"
    "111,1,3,1011000400000000,１日１回朝食後,1\n"
    "201,1,1,1,2,620007818,合成アムロジピンＯＤ錠５ｍｇ,1,1,錠\n"
    "101,2,3,,1\n"
    "111,2,3,0X0XXXXXXXXX0000,１日１回　腰に貼付,\n"
    "201,2,1,1,2,620007813,合成ロキソプロフェンテープ１００ｍｇ,35,1,枚\n";

}  // namespace

tsunagu::common::v1::InsuredIdentity IdentityOf(size_t person) {
  tsunagu::common::v1::InsuredIdentity identity;
  identity.set_insurer(kInsurer);
  identity.set_symbol(kSymbol);
  identity.set_number(NumberOf(person));
  identity.set_branch(kBranch);
  return identity;
}

std::string InsurerFile(size_t first, size_t count) {
  std::string file =
      "InsurerNumber,InsuredCardSymbol,InsuredIdentificationNumber,InsuredBranchNumber,Name,"
      "NameKana,Sex1,Birthdate,PersonalFamilyClassification,InsuredCardValidDate,InsurerName\n";
  for (size_t i = first; i < first + count; ++i) {
    absl::StrAppend(&file, kInsurer, ",", kSymbol, ",", NumberOf(i), ",", kBranch,
                    ",負荷　試験,ﾌｶ ｼｹﾝ,1,", kBirthDate, ",1,20200401,合成健康保険協会\n");
  }
  return file;
}

std::string ClinicOf(size_t person) { return absl::StrCat("131", PlaceOf(person)); }
std::string PharmacyOf(size_t person) { return absl::StrCat("134", PlaceOf(person)); }

xades::Signer SignerOf(const std::string& pki, const std::string& identity) {
  const std::string folder = pki + "/identities/" + identity;
  return OrDie(xades::Signer::Create(ReadFile(folder + "/sign-key.pem"),
                                     ReadFile(folder + "/sign-cert.pem")));
}

std::string PrescriptionRecord(size_t place, size_t person, int days_ago) {
  const std::string day = national::FormatDay(national::JstDay(absl::Now()) - days_ago);
  return absl::StrCat("SJ1\n1,1,", PlaceOf(place),
                      ",13,合成内科クリニック\n2,100-0005,東京都合成区見本町１－１\n"
                      "3,03-0000-4567,,\n4,1,,内科\n5,,ｺﾞｳｾｲ ｲｼﾀﾛｳ,合成　医師太郎\n",
                      kPatientRecords, "21,1\n", InsuranceRecords(person, day), "81,1,,",
                      absl::ToUnixNanos(absl::Now()), "\n", kDrugRecords);
}

std::string SignedPrescription(const xades::Signer& doctor, size_t person) {
  const std::string record = PrescriptionRecord(person, person, 0);
  return OrDie(doctor.Sign(OrDie(xades::BuildPrescription(record, "")),
                           xades::DocumentKind::kPrescription, absl::Now()));
}

std::string SignedResult(const xades::Signer& pharmacist, size_t person,
                         const std::string& prescription_id, const std::string& prescription) {
  const std::string record = absl::StrCat(
      "CJ1\n1,4,", PlaceOf(person), ",13,合成薬局\n7,", prescription_id, "\n", kPatientRecords,
      "15,合成　薬剤,\n", InsuranceRecords(person, Today()), kDrugRecords);
  return OrDie(pharmacist.Sign(OrDie(xades::BuildDispensing({record, prescription, ""})),
                               xades::DocumentKind::kDispensing, absl::Now()));
}

std::vector<std::string> MakeAll(size_t count, const std::function<std::string(size_t)>& make) {
  std::vector<std::string> documents(count);
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < count; i = next++) documents[i] = make(i);
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  return documents;
}

}  // namespace tsunagu::load
