// A draft as it is sent for a check: a record file, or the XML around it; signed or not (RX-410,
// RX-412). Pure, heavy: run it on the CPU pool.
#ifndef SERVICES_PRESCRIPTION_DUPLICATION_DRAFT_H_
#define SERVICES_PRESCRIPTION_DUPLICATION_DRAFT_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "services/platform/national/insured.h"
#include "services/prescription/record/catalogue.h"
#include "services/prescription/record/parts.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::prescription::duplication {

struct DraftDocument {
  national::InsuredIdentity identity;
  record::Patient patient;
  google::protobuf::RepeatedPtrField<tsunagu::common::v1::Drug> drugs;
};

// DOCUMENT_REFUSED with all findings when it has errors. Signatures are not looked at. `catalogue`:
// null: drugs are not looked up.
absl::StatusOr<DraftDocument> ReadDraft(absl::string_view document,
                                        const record::DrugCatalogue* catalogue);
// Of a dispensing result (CJ1).
absl::StatusOr<DraftDocument> ReadDraftResult(absl::string_view document,
                                              const record::DrugCatalogue* catalogue);

}  // namespace tsunagu::prescription::duplication

#endif  // SERVICES_PRESCRIPTION_DUPLICATION_DRAFT_H_
