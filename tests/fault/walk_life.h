// One prescription in a walk, as the installation has it.
#ifndef TESTS_FAULT_WALK_LIFE_H_
#define TESTS_FAULT_WALK_LIFE_H_

#include <grpcpp/grpcpp.h>

#include <string>

#include "services/prescription/model.h"
#include "tests/fault/walk_scene.h"
#include "tsunagu/prescription/v1/prescription.grpc.pb.h"

namespace tsunagu::fault {

class Life {
 public:
  // Each text tells a number of its own, by which it is known again: 1 to 999.
  Life(Scene& scene, const prescription::model::Terms& terms) : scene_(scene), terms_(terms) {}

  // Registers that document; `overtaken`: after its cancellation was sent (RX-071). "" or what
  // failed.
  std::string Register(int document, bool overtaken);

  // Does the deed. "OK" or why it was refused; `after`: as it has to be then.
  std::string Ask(const prescription::model::Deed& deed, const prescription::model::Model& after);
  // Accepts it with a care context, instead of insurance data.
  std::string AcceptListed(const std::string& pharmacy, const std::string& care_context,
                           const prescription::model::Model& after);

  // "" when GetStatus tells what the model does, or what differs.
  std::string Compare(const prescription::model::Model& model);

  // Whether a pharmacy has had the document, as a result needs it.
  bool WasAccepted() const { return !document_.empty(); }
  // Of kDispense and kChangeResult: signed.
  std::string ResultOf(const prescription::model::Deed& deed) const;
  const std::string& id() const { return id_; }

 private:
  template <typename Request, typename Response>
  std::string Do(grpc::Status (prescription::v1::Prescriptions::Stub::*method)(grpc::ClientContext*,
                                                                               const Request&,
                                                                               Response*),
                 const std::string& facility, Request request = {});
  std::string Prescription(int document) const;
  std::string CancelEarly(const std::string& register_command, std::string* command);
  std::string Change(const prescription::model::Deed& deed);
  std::string Accept(const std::string& pharmacy, const prescription::model::Model& after);
  std::string Take(const Answer<prescription::v1::AcceptResponse>& answer, int document);

  Scene& scene_;
  const prescription::model::Terms terms_;
  std::string id_, document_;
};

}  // namespace tsunagu::fault

#endif  // TESTS_FAULT_WALK_LIFE_H_
