// The mapping of a dispensing result's own records (see mapping.h). Internal to this folder.
#ifndef SERVICES_PRESCRIPTION_RECORD_DISPENSING_MAPPING_H_
#define SERVICES_PRESCRIPTION_RECORD_DISPENSING_MAPPING_H_

#include "services/prescription/record/dispensing.h"
#include "services/prescription/record/mapping.h"

namespace tsunagu::prescription::record {

template <class Group, class T>
void MapDispensingHead(Group& group, T& d) {
  MapFacility(group, d.pharmacy);
  group.One(7, [&](auto&& row) { row("prescription_id", d.prescription_id); });
  MapPatient(group, d.patient);
  group.One(15, [&](auto&& row) {
    row("name", d.pharmacist.name);
    row("contact", d.pharmacist.contact);
  });
  MapInsurance(group, d.insurance);
  group.One(51, [&](auto&& row) { row("day", d.dispensed_day); });
  MapSplit(group, d.split);
}

template <class Group, class T>
void MapDispensingTail(Group& group, T& d) {
  group.Many(401, d.cautions, [](auto&& row, auto& text) { row("text", text); });
  group.Many(411, d.messages, [](auto&& row, auto& message) {
    row("kind", message.kind);
    row("text", message.text);
  });
  group.Many(501, d.remarks, [](auto&& row, auto& text) { row("text", text); });
  group.Many(511, d.inquiries, [](auto&& row, auto& inquiry) {
    row("seq", inquiry.seq);
    row("kind", inquiry.kind);
    row("text", inquiry.text);
  });
  group.Maybe(521, d.refill, [](auto&& row, auto& use) {
    row("count", use.count);
    row("end", use.end);
    row("next_day", use.next_day);
  });
}

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_DISPENSING_MAPPING_H_
