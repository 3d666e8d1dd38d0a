# What zsh offers when the tabulator is pressed behind a line, one thing a line in angle brackets. Usage: zsh -f offered.zsh FOLDER LINE; FOLDER holds _briefpress
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; fpath=($1 \$fpath); autoload -Uz compinit; compinit -D -u; compdef _briefpress briefpress"
zpty -w shell "zstyle ':completion:*' list-grouped no; zstyle ':completion:*' verbose no; LISTMAX=10000; COLUMNS=60"
zpty -w shell "show() { compadd() { local -a found; builtin compadd -O found \"\$@\"; (( \$#found )) && print -rl -- \"<\"\${^found}\">\"; builtin compadd \"\$@\"; }; _main_complete; print -r -- '<end>'; exit }"
zpty -w shell "zle -C show complete-word show; bindkey '^I' show; print ready"
local chunk
while zpty -r shell chunk; do [[ $chunk == ready* ]] && break; done
zpty -n -w shell "$2"$'\t'
while zpty -r shell chunk; do [[ $chunk == *'<end>'* ]] && break; print -r -- "$chunk"; done | tr -d '\r' | grep -o '<[^>]*>' 
zpty -d shell
