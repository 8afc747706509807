/** `:math`, exported as `Maths`. What has no finite result is an ArithmeticError. */

import type { Dynamic } from "../json.ts";
import { finite, number } from "./core/arithmetic.ts";

const of = (fun: (x: number) => number) => (x: Dynamic) => finite(fun(number(x)));

export const acos = of(Math.acos);
export const acosh = of(Math.acosh);
export const asin = of(Math.asin);
export const asinh = of(Math.asinh);
export const atan = of(Math.atan);
export const atanh = of(Math.atanh);
export const ceil = of(Math.ceil);
export const cos = of(Math.cos);
export const cosh = of(Math.cosh);
export const exp = of(Math.exp);
export const floor = of(Math.floor);
export const log = of(Math.log);
export const log10 = of(Math.log10);
export const log2 = of(Math.log2);
export const sin = of(Math.sin);
export const sinh = of(Math.sinh);
export const sqrt = of(Math.sqrt);
export const tan = of(Math.tan);
export const tanh = of(Math.tanh);

export function atan2(y: Dynamic, x: Dynamic): number {
  return finite(Math.atan2(number(y), number(x)));
}

export function fmod(x: Dynamic, y: Dynamic): number {
  return finite(number(x) % number(y));
}

export function pow(x: Dynamic, y: Dynamic): number {
  return finite(number(x) ** number(y));
}

export function pi(): number {
  return Math.PI;
}
