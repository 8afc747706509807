import type { FieldOf, Type } from "./type.ts";

/** While it is on, it is noted what is looked into. */
export interface Watch {
  isOn: boolean;
}

/** A field of the data that a body is given; no function comes in by it. See check/slots.ts. */
export class Slot implements FieldOf {
  /** What has come in under this key. */
  field: FieldOf;
  isSeen = false;
  readonly #watch: Watch;

  constructor(field: FieldOf, watch: Watch) {
    this.field = field;
    this.#watch = watch;
  }

  get type(): Type {
    this.isSeen ||= this.#watch.isOn;
    return this.field.type;
  }

  get optional(): boolean {
    this.isSeen ||= this.#watch.isOn;
    return this.field.optional;
  }
}
