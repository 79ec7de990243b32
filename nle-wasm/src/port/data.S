// The game's data, as the linker's input: NetHack opens these three by name.
    .macro embed name
#ifdef __wasm__
    .section .rodata.\name,"",@
#else
    .section .rodata.\name,"a",@progbits
#endif
    .globl \name\()_start
    .type \name\()_start,@object
\name\()_start:
    .incbin "\name"
    .globl \name\()_end
    .type \name\()_end,@object
\name\()_end:
    .byte 0
    .size \name\()_start, \name\()_end-\name\()_start
    .size \name\()_end, 1
    .endm

    embed nhdat
    embed license
    embed symbols
