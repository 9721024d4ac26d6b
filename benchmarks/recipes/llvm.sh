#!/bin/sh
# A large C++ program out of static libraries: all targets, the optimiser and the code generator of LLVM 14 (Debian: llvm-14-dev).
set -eu
cd "$WORK"
RECORD_WITH=$(command -v ld.lld || command -v ld)
export RECORD_WITH
config=$(command -v llvm-config-14 || echo /usr/lib/llvm-14/bin/llvm-config)
[ -x "$config" ] || { echo "llvm-config-14 is not installed"; exit 1; }
cat >main.cpp <<'EOF'
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/MC/TargetRegistry.h"
int main() {
    llvm::InitializeAllTargetInfos();
    llvm::InitializeAllTargets();
    llvm::InitializeAllTargetMCs();
    llvm::InitializeAllAsmParsers();
    llvm::InitializeAllAsmPrinters();
    llvm::PassBuilder passes;
    llvm::LoopAnalysisManager loops;
    passes.registerLoopAnalyses(loops);
    llvm::TargetRegistry::printRegisteredTargetsForVersion(llvm::outs());
    return 0;
}
EOF
# shellcheck disable=SC2046 # lists of words
g++ -O1 -static -no-pie "-B$RECORDER_FOLDER" $("$config" --cxxflags) -o program main.cpp \
    $("$config" --link-static --ldflags --libs all-targets passes orcjit) -lz -ltinfo -lpthread -ldl -lm || {
    echo "the libraries of LLVM 14, zlib and ncurses are needed as static archives"
    exit 1
}
