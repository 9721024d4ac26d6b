# Completion of fullrust, cargo-fullrust, fullrust-ld and fullrust-verify for fish. Options of linker and verifier are those that --help lists.

# Options of a command as "OPTION<tab>TEXT" lines.
function __fullrust_options
    $argv --help 2>/dev/null | string match -r -- '^ +(?:-\w, )?--[\w-].*' | string replace -r '^ +(?:-\w, )?(--[\w-]+)(?:[^ ]*(?: [A-Z][^ ]*)*)? +(.*)' '$1\t$2'
end

function __fullrust_is_cargo
    set -l words (commandline -opc)
    string match -q '*cargo-fullrust' -- $words[1]; or test "$words[2]" = cargo
end

function __fullrust_is_verify
    set -l words (commandline -opc)
    string match -q '*fullrust-verify' -- $words[1]; or test "$words[2]" = verify
end

function __fullrust_is_ld
    set -l words (commandline -opc)
    string match -q '*fullrust-ld' -- $words[1]; or test "$words[2]" = ld
end

complete -c fullrust -n __fish_use_subcommand -f -a cargo -d 'build a crate'
complete -c fullrust -n __fish_use_subcommand -f -a ld -d 'link, with the arguments of ld'
complete -c fullrust -n __fish_use_subcommand -f -a verify -d 'verify programs'
complete -c fullrust -n __fish_use_subcommand -f -a run -d 'verify a program and run it'

for name in fullrust cargo-fullrust
    complete -c $name -n __fullrust_is_cargo -f -a 'build run check clippy fix test bench doc rustc install' -d 'as in cargo'
    complete -c $name -n __fullrust_is_cargo -f -a verify -d 'verify what was built'
    complete -c $name -n __fullrust_is_cargo -f -a size -d 'what takes the space'
    complete -c $name -n __fullrust_is_cargo -f -a explain -d 'who needs a C symbol, and what replaces it'
    complete -c $name -n __fullrust_is_cargo -f -a doctor -d 'what is there and what is missing'
    complete -c $name -n __fullrust_is_cargo -f -a cache -d 'the sysroots made so far'
    complete -c $name -n __fullrust_is_cargo -f -a sysroot -d 'the path of the sysroot'
    complete -c $name -n '__fullrust_is_cargo; and __fish_seen_subcommand_from cache' -f -a 'list clean'
    complete -c $name -n __fullrust_is_cargo -l zero-touch -d 'an ordinary crate (default)'
    complete -c $name -n __fullrust_is_cargo -l stable -d 'a no_std crate, precompiled core and alloc'
    complete -c $name -n __fullrust_is_cargo -l runtime -d 'a no_std crate, core and alloc rebuilt where possible'
    complete -c $name -n __fullrust_is_cargo -l nightly -d 'with the nightly toolchain'
    complete -c $name -n __fullrust_is_cargo -s r -l release -d optimised
    complete -c $name -n __fullrust_is_cargo -l profile -x -a 'dev release test bench' -d 'the profile'
    complete -c $name -n __fullrust_is_cargo -s q -l quiet -d 'say nothing'
    complete -c $name -n __fullrust_is_cargo -l message-format -x -a 'human short json' -d 'form of messages'
    complete -c $name -n __fullrust_is_cargo -l manifest-path -r -d 'the Cargo.toml to use'
end

# The words of the command that a line begins with: "fullrust ld", or one name.
function __fullrust_command
    set -l words (commandline -opc)
    if string match -q '*fullrust' -- $words[1]
        and not string match -q '*cargo-fullrust' -- $words[1]
        string join \n -- $words[1..2]
    else
        echo $words[1]
    end
end

function __fullrust_rules
    set -l program (__fullrust_command)
    $program --list-rules 2>/dev/null | string replace -r '^(\S+) .*' '$1'
end

for name in fullrust fullrust-verify
    complete -c $name -n '__fullrust_is_verify; and not __fish_seen_subcommand_from binary syscalls' -a 'binary syscalls'
    complete -c $name -n __fullrust_is_verify -l list-rules -d 'the rules, one a line'
    complete -c $name -n __fullrust_is_verify -l explain -x -a '(__fullrust_rules)' -d 'what a rule means'
    complete -c $name -n __fullrust_is_verify -a '(__fullrust_options (__fullrust_command))'
end
for name in fullrust fullrust-ld
    complete -c $name -n __fullrust_is_ld -a '(__fullrust_options (__fullrust_command))'
end
