#include "services/prescription/envelope/field_words.h"

#include <gtest/gtest.h>

#include <span>
#include <string>

namespace tsunagu::prescription::envelope {
namespace {

// TM-031
TEST(FieldWordsTest, EveryFieldOfEveryInterfaceHasWords) {
  for (const Interface& interface : Interfaces()) {
    for (const std::span<const Field> fields :
         {interface.request, interface.response, interface.rows.fields}) {
      for (const Field& field : fields) {
        const FieldWords* words = WordsOf(field.name);
        ASSERT_NE(words, nullptr) << interface.id << " " << field.name;
        EXPECT_STREQ(words->name, field.name);
        EXPECT_NE(std::string(words->ja), "");
        EXPECT_NE(std::string(words->en), "");
        EXPECT_NE(std::string(WordsOf(field.form).ja), "");
      }
    }
    EXPECT_EQ(std::string(NameOf(interface.call)).empty(), interface.call == Call::kNone)
        << interface.id;
  }
  EXPECT_EQ(WordsOf("nothing"), nullptr);
}

}  // namespace
}  // namespace tsunagu::prescription::envelope
