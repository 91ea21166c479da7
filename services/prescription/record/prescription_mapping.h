// The mapping of a prescription's own records (see mapping.h). Internal to this folder.
#ifndef SERVICES_PRESCRIPTION_RECORD_PRESCRIPTION_MAPPING_H_
#define SERVICES_PRESCRIPTION_RECORD_PRESCRIPTION_MAPPING_H_

#include <string>

#include "services/prescription/record/mapping.h"
#include "services/prescription/record/prescription.h"

namespace tsunagu::prescription::record {

inline constexpr int kExchangeNumberKind = 1;

template <class Group, class T>
void MapPrescriber(Group& group, T& p) {
  MapFacility(group, p.issuer);
  group.One(4, [&](auto&& row) {
    row("kind", p.department.code_kind);
    row("code", p.department.code);
    row("name", p.department.name);
  });
  group.One(5, [&](auto&& row) {
    row("code", p.doctor.code);
    row("kana", p.doctor.kana);
    row("name", p.doctor.name);
  });
}

template <class Group, class T>
void MapNarcotic(Group& group, int number, T& narcotic) {
  group.Maybe(number, narcotic, [](auto&& row, auto& n) {
    row("licence", n.licence);
    row("address", n.address);
    row("phone", n.phone);
  });
}

template <class Group, class T>
void MapTerms(Group& group, T& p) {
  group.One(51, [&](auto&& row) { row("day", p.issue_day); });
  group.Maybe(52, p.explicit_use_by, [](auto&& row, auto& day) { row("day", day); });
  MapNarcotic(group, 61, p.narcotic);
  group.One(62, [&](auto&& row) { row("kind", p.leftover); });
  MapSplit(group, p.split);
  group.One(64, [&](auto&& row) { row("total", p.refill_total); });
  group.Many(81, p.remarks, [](auto&& row, auto& remark) {
    row("seq", remark.seq);
    row("kind", remark.kind);
    row("text", remark.text);
  });
}

template <class Group, class T>
void MapPrescriptionHead(Group& group, T& p) {
  MapPrescriber(group, p);
  MapPatient(group, p.patient);
  MapInsurance(group, p.insurance);
  MapTerms(group, p);
}

template <class Group, class T>
void MapPrescriptionTail(Group& group, T& p) {
  group.Many(301, p.clinical_notes, [](auto&& row, auto& note) {
    row("seq", note.seq);
    row("drug_name", note.drug_name);
    row("text", note.text);
  });
  group.Many(302, p.laboratory_values, [](auto&& row, auto& value) {
    row("seq", value.seq);
    row("text", value.text);
  });
}

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_PRESCRIPTION_MAPPING_H_
