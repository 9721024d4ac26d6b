// INPUT, GROUP and STARTUP: the files and libraries that a script names.

using System;
using System.Collections.Generic;

namespace FullRust.Linker.Scripts;

internal sealed partial class ScriptParser
{
    private List<ScriptInput> ParseInputs()
    {
        var inputs = new List<ScriptInput>();
        Expect("(");
        ParseInputList(inputs, isAsNeeded: false);
        return inputs;
    }

    private void ParseInputList(List<ScriptInput> inputs, bool isAsNeeded)
    {
        while (TryNextInList(out Token token))
        {
            if (token.IsWord("AS_NEEDED"))
            {
                if (isAsNeeded)
                    throw _lexer.Error(token.Start, "AS_NEEDED inside AS_NEEDED");
                Expect("(");
                ParseInputList(inputs, isAsNeeded: true);
                continue;
            }

            bool isLibrary = token.Text.StartsWith("-l", StringComparison.Ordinal);
            string name = isLibrary ? token.Text[2..] : token.Text;
            if (name.Length == 0 && _lexer.Peek(LexMode.Name).IsName)
                name = _lexer.Next(LexMode.Name).Text;
            inputs.Add(new ScriptInput(Place(token), name, isLibrary, isAsNeeded));
        }
    }
}
