// What is left to a game before it must ask for a key: one unit a loop round, counted by the code that the build puts
// at the head of every loop (build/fuel.ts). A wasm global, since it need not be part of a game's memory: it is filled
// up at every key.
    .globaltype arena_fuel, i32
    .globl arena_fuel
arena_fuel:

    .section .text.arena_refuel,"",@
    .globl arena_refuel
    .type arena_refuel,@function
arena_refuel:
    .functype arena_refuel (i32) -> ()
    local.get 0
    global.set arena_fuel
    end_function
