// Runs a fuzz target without libFuzzer: over each file of the command line, and over the same
// mutations of it every time. Prints a line for each file; a target that fails ends the process.
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

constexpr int kMutations = 60;         // of each file
constexpr size_t kWorkload = 1 << 20;  // bytes: of a large file there are fewer

void Run(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
}

// One change: a byte, a bit, a piece cut out, doubled or moved, or the end cut off.
void Mutate(std::minstd_rand& random, std::string& bytes) {
  if (bytes.empty()) return bytes.push_back(static_cast<char>(random()));
  const size_t at = random() % bytes.size();
  const size_t length = 1 + random() % 16;
  const std::string piece = bytes.substr(at, length);
  switch (random() % 6) {
    case 0:
      bytes[at] = static_cast<char>(random());
      break;
    case 1:
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
      break;
    case 2:
      bytes.erase(at, length);
      break;
    case 3:
      bytes.insert(at, piece);
      break;
    case 4:
      bytes.insert(random() % bytes.size(), piece);
      break;
    default:
      bytes.resize(at);
      break;
  }
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary);
    if (!file) {
      std::cerr << "cannot read a seed\n";
      return 1;
    }
    const std::string seed((std::istreambuf_iterator<char>(file)),
                           std::istreambuf_iterator<char>());
    Run(seed);
    std::minstd_rand random(static_cast<unsigned>(i));
    size_t work = 0;
    for (int k = 0; k < kMutations && work < kWorkload; ++k) {
      std::string mutated = seed;
      for (size_t changes = 1 + random() % 4; changes > 0; --changes) Mutate(random, mutated);
      Run(mutated);
      work += mutated.size();
    }
    std::cout << argv[i] << "\n";
  }
  return argc > 1 ? 0 : 1;
}
