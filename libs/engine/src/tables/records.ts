/** A kind of monster: NetHack's struct permonst, with its own names. */
export interface Monster {
  readonly mname: string;
  /** Monster class; an index for `Tables.monsterClass`. */
  readonly mlet: number;
  readonly mlevel: number;
  readonly mmove: number;
  readonly ac: number;
  readonly mr: number;
  readonly geno: number;
  readonly cwt: number;
  readonly cnutrit: number;
  readonly msound: number;
  readonly msize: number;
  readonly mresists: number;
  readonly mconveys: number;
  readonly mflags1: number;
  readonly mflags2: number;
  readonly mflags3: number;
  readonly difficulty: number;
  readonly mcolor: number;
}

/** A kind of object: struct objclass and its struct objdescr, before a game shuffles the appearances. */
export interface ObjectKind {
  readonly oc_name_idx: number;
  readonly oc_descr_idx: number;
  readonly oc_oprop: number;
  /** Object class; an index for `Tables.objectClass`. */
  readonly oc_class: number;
  readonly oc_delay: number;
  readonly oc_color: number;
  readonly oc_prob: number;
  readonly oc_weight: number;
  readonly oc_cost: number;
  /** What it is; null for descriptions without an object. */
  readonly oc_name: string | null;
  /** What it looks like; null where the name is shown. */
  readonly oc_descr: string | null;
}

/** struct class_sym: the default symbol of a class of monsters or objects. */
export interface ClassSymbol {
  /** Character code; 0 for none. */
  readonly sym: number;
  readonly name: string;
  readonly explain: string | null;
}

/** struct symdef: a map symbol. */
export interface MapSymbol {
  readonly sym: number;
  readonly explanation: string;
  readonly color: number;
}

/** An entry of NetHack's table of extended commands. */
export interface Command {
  /** Key byte; 0 where the command has none. */
  readonly key: number;
  readonly name: string;
  readonly description: string | null;
}
