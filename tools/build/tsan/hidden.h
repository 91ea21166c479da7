// Work that ThreadSanitizer does not see.
#ifndef TOOLS_BUILD_TSAN_HIDDEN_H_
#define TOOLS_BUILD_TSAN_HIDDEN_H_

// Of the sanitizer's runtime, which has no header for them.
extern "C" {
void AnnotateIgnoreReadsBegin(const char* file, int line);
void AnnotateIgnoreReadsEnd(const char* file, int line);
void AnnotateIgnoreWritesBegin(const char* file, int line);
void AnnotateIgnoreWritesEnd(const char* file, int line);
void AnnotateIgnoreSyncBegin(const char* file, int line);
void AnnotateIgnoreSyncEnd(const char* file, int line);
}

namespace tsunagu::tsan {

// Hides what this thread reads, writes and orders.
class Hidden {
 public:
  Hidden() {
    AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
    AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
    AnnotateIgnoreSyncBegin(__FILE__, __LINE__);
  }
  ~Hidden() {
    AnnotateIgnoreSyncEnd(__FILE__, __LINE__);
    AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
    AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
  }
  Hidden(const Hidden&) = delete;
};

}  // namespace tsunagu::tsan

#endif  // TOOLS_BUILD_TSAN_HIDDEN_H_
