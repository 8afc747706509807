1 + 2
7 / 2
6 / 2
div(7, 2)
div(-7, 2)
rem(-7, 2)
rem(7, -2)
2 ** 10
2 ** -1
2 ** 0.5
2.0 ** 3
-2 ** 2
0.1 + 0.2
10 - 3 * 2
abs(-3)
abs(2.5)
ceil(1.2)
ceil(-1.2)
floor(1.8)
floor(-1.8)
round(2.5)
round(-2.5)
round(2.4999)
round(0.49999999999999994)
trunc(2.9)
trunc(-2.9)
max(1, 2)
max("a", 2)
max(1, 1.0)
min(1, 2)
min(nil, 1)
is_number(1.5)
is_integer(1)
is_integer(1.5)
is_float(1.5)
is_float(1)
is_binary("a")
is_boolean(nil)
is_nil(nil)
is_map(%{})
is_list([])
is_map([])
is_function(fn -> 1 end)
is_function(fn x -> x end, 1)
is_function(fn x -> x end, 2)
is_map_key(%{a: 1}, :a)
is_atom(nil)
is_atom(true)
is_atom(1)
is_number("1")
length([1, 2])
hd([1, 2])
tl([1, 2])
elem({:a, :b}, 1)
put_elem({:a, :b}, 1, :c)
tuple_size({1, 2, 3})
map_size(%{a: 1})
byte_size("olá")
bit_size("a")
binary_part("hello", 1, 3)
to_string(nil)
to_string(:ok)
to_string(12)
to_string(1.5)
to_string(true)
then(5, &(&1 * 2))
tap(5, fn x -> x * 2 end)
apply(fn a, b -> a + b end, [1, 2])
1 == 1.0
1 != 2
"a" == "a"
[1, %{a: 2}] == [1, %{a: 2}]
%{a: 1} == %{a: 1.0}
nil == false
1 < 2
1 < "a"
nil < "a"
"a" < "b"
"B" < "a"
[1] < [1, 2]
%{a: 1} < [1]
1 <= 1.0
true and false
true or nil
not true
!nil
nil && 1
1 && 2
nil || 2
false || nil
1 in [1, 2]
3 not in [1, 2]
1 in 1..5
6 in 1..5
:a in [:a, :b]
[1, 2] ++ [3]
[1, 2, 3, 1, 2] -- [1, 2]
[1, 2] -- [3]
[] ++ []
[1 | [2, 3]]
unknown(1) + unknown(nil)
unknown("a") - 1
unknown(1) / unknown(0)
div(unknown(1), unknown(0))
rem(unknown(1.0), 2)
-unknown(nil)
unknown(1) and true
unknown(nil) or true
not unknown(1)
unknown(1) ++ [2]
unknown([1]) -- unknown(2)
1 in unknown(2)
hd(unknown([]))
tl(unknown([]))
length(unknown(1))
elem(unknown({1}), 3)
map_size(unknown(1))
round(unknown("a"))
abs(unknown(nil))
0 ** unknown(-1)
1.0e308 * unknown(10)
"#{unknown(%{})}"
raise "oops"
raise ArgumentError
raise ArgumentError, "bad"
raise ArgumentError, message: "bad"
raise RuntimeError
raise KeyError, key: "a", term: %{}
Integer.digits(123)
Integer.digits(0)
Integer.digits(-123)
Integer.digits(5, 2)
Integer.extended_gcd(240, 46)
Integer.extended_gcd(46, 240)
Integer.extended_gcd(-46, 240)
Integer.floor_div(5, 2)
Integer.floor_div(6, -4)
Integer.floor_div(-99, 2)
Integer.gcd(10, 4)
Integer.gcd(-7, 21)
Integer.gcd(0, 3)
Integer.mod(5, 2)
Integer.mod(6, -4)
Integer.mod(-5, 3)
Integer.mod(-6, 3)
Integer.parse("34")
Integer.parse("34.5")
Integer.parse("three")
Integer.parse("-7 days")
Integer.parse("+")
Integer.parse("ff", 16)
Integer.parse("")
Integer.pow(2, 10)
Integer.pow(-2, 3)
Integer.pow(5, 0)
Integer.to_string(123)
Integer.to_string(-255, 16)
Integer.to_string(7, 2)
Integer.undigits([1, 2, 3])
Integer.undigits([1, 0, 1], 2)
Integer.undigits([])
Float.ceil(34.25)
Float.ceil(-56.5)
Float.ceil(34.251, 2)
Float.ceil(0.1, 1)
Float.floor(34.25)
Float.floor(-56.5)
Float.floor(34.259, 2)
Float.floor(12.52, 2)
Float.round(12.5)
Float.round(5.5674, 3)
Float.round(5.5675, 3)
Float.round(-5.5674, 3)
Float.round(-5.5675)
Float.round(12.341444444444441, 15)
Float.round(0.125, 2)
Float.round(2.675, 2)
Float.round(1.005, 2)
Float.round(-2.5)
Float.round(1.0e20, 2)
Float.parse("34")
Float.parse("34.25")
Float.parse("56.5xyz")
Float.parse("pi")
Float.parse("-1.5e3x")
Float.parse(".5")
Float.parse("1.")
Float.pow(2.0, 3)
Float.ratio(3.75)
Float.ratio(-0.5)
Float.to_string(7.5)
:math.sqrt(16)
:math.pow(2, 3)
:math.pi()
:math.floor(2.7)
:math.ceil(2.1)
:math.log10(1000)
:math.log2(8)
:math.exp(0)
:math.fmod(7, 3)
:math.atan2(1, 1)
:math.sqrt(unknown(-1))
:math.log(unknown(0))
seconds(30)
minutes(5)
hours(2)
days(1)
:crypto.hash(:sha256, "abc") |> Base.encode16(case: :lower)
:crypto.hash(:md5, "abc") |> Base.encode16()
:crypto.mac(:hmac, :sha256, "key", "data") |> Base.encode64()
byte_size(:crypto.strong_rand_bytes(16))
inspect("a\tb\"c\\ é \#{x}")
inspect([1, "a", 2.5, nil, true])
inspect(%{"b" => 1, "a" => [1, %{}]})
inspect("a\u0001")
inspect(Enum.to_list(1000..1060))
inspect([[1000, 1001, 1002], [1003, 1004, 1005], [1006, 1007]], limit: 4)
inspect(%{"a" => [1, 2, 3], "b" => %{"c" => 1, "d" => 2}}, limit: 3)
inspect(String.duplicate("x", 10), printable_limit: 4)
inspect("\e\a\b\v\f\d")
inspect("\u200b \u00ad 😀")
inspect(~r/a\/b/i)
inspect([1, [2, [3, []]]])
inspect(%{})
inspect("")
[Kernel.+(1, 2), Kernel.-(5, 2), Kernel.*(3, 4), Kernel./(9, 2), Kernel.div(9, 2), Kernel.-(7), Kernel.+(7)]
3 |> Kernel.+(2) |> Kernel.*(10) |> Kernel.-(1) |> Kernel./(7) |> Kernel.==(7.0)
[1, 2] |> Kernel.++([3]) |> Kernel.--([1]) |> Kernel.==([2, 3])
"a" |> Kernel.<>("b") |> Kernel.=~("ab")
[Kernel.<(1, 2), Kernel.>=(1, 2), Kernel.!=(1, 2), Kernel.===(1, 1), Kernel.in(1, [1, 2]), Kernel.**(2, 8)]
[Kernel.!(nil), Kernel.not(true), Kernel.and(true, 5), Kernel.or(false, 5), Kernel.&&(nil, raise("no")), Kernel.||(1, raise("no"))]
Enum.reduce([8, 2, 2], &Kernel.//2)
Enum.map([1, 2, 3], &Kernel.*(&1, 2)) |> Enum.reduce(&Kernel.+/2)
Enum.sort([3, 1, 2], &Kernel.>/2)
Enum.zip_with([1, 2], [3, 4], &//2)
{Kernel.if(unknown(nil), do: 1, else: 2), Kernel.match?({:ok, _}, unknown({:ok, 1})), Kernel.max(1, 2), Kernel.is_nil(nil)}
