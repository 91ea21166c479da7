// tsunagu: the command line of people and scripts. Everything it can do is a subcommand.
#include "tools/cli/app.h"

int main(int argc, char** argv) { return tsunagu::cli::Main(argc, argv); }
