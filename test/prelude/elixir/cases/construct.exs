for x <- [1, 2, 3], y <- [x, x * 10], rem(y, 2) == 1, do: {x, y}
for {k, v} <- %{a: 1, b: 2}, into: %{}, do: {v, k}
for {k, v} when v > 1 <- [a: 1, b: 2, c: 3], do: k
for {:ok, x} <- [{:ok, 1}, {:error, 2}, {:ok, 3}], do: x
for x <- [1, 2, 2, 3, 1], uniq: true, do: x * 2
for x <- 1..3, into: "", do: Integer.to_string(x)
for x <- [1, nil, 2, false, 3], x, do: x
for x <- 1..4, y = x * x, y > 4, do: y
for x <- [1, 2, 3], reduce: {0, 1} do
  {sum, product} when x > 1 -> {sum + x, product * x}
  acc -> acc
end
for w <- ~w(a b a c a), reduce: %{}, do: (acc -> Map.update(acc, w, 1, &(&1 + 1)))
for x <- 10..1//-3, do: x
for %{name: name, age: age} <- [%{name: "a", age: 3}, %{name: "b"}, %{name: "c", age: 9}], age > 5, do: name
for i <- 1..3, j <- i..3, i != j, into: %{}, do: {"#{i}-#{j}", i * j}
with {:ok, a} <- unknown({:ok, 1}), b = a + 1, true <- b > 1, {:ok, c} when c > 2 <- unknown({:ok, 3}), do: a + b + c
with {:ok, a} <- unknown(:error), do: a
with %{"x" => x} when is_integer(x) <- unknown(%{"x" => "no"}) do
  x
else
  %{"x" => text} when is_binary(text) -> "text " <> text
  _ -> "other"
end
with a <- 1, b <- a + 1 do
  [a, b]
end
case unknown({1, [2, 3 | [4]]}) do
  {a, [b | rest]} when a == b -> {:same, rest}
  {a, [b, c | rest]} when a < b and c in [3, 4] -> {a, b, c, rest}
end
case unknown(%{a: %{b: [1, %{c: "deep"}]}}) do
  %{a: %{b: [_, %{c: "d" <> rest}]}} -> rest
end
case unknown("GET /path HTTP") do
  "POST " <> _ -> :post
  "GET " <> rest -> String.split(rest, " ")
end
case unknown({:a, :a}) do
  {x, x} -> "twice #{x}"
  _ -> "differ"
end
case unknown([a: 1, b: 2]) do
  [a: a, b: b] -> a + b
end
case unknown(nil) do
  x when x -> "true"
  _ -> "false"
end
y = 3
  case unknown(%{3 => "three"}) do
    %{^y => word} -> word
  end
x = 1
  case unknown(2) do
    ^x -> "pinned"
    x -> "rebound #{x}"
  end
x = 1
  if unknown(true) do
    x = 2
    x
  end
  x
cond do
  unknown(nil) -> 1
  unknown(false) -> 2
  unknown(0) -> 3
end
cond do
  unknown(nil) -> 1
end
if unknown(nil), do: 1
unless unknown(nil), do: 1, else: 2
unless unknown([]) do
  1
else
  2
end
f = fn
  0, _ -> :zero
  n, m when n > m -> {:gt, n - m}
  n, m -> {:le, m - n}
end
  [f.(0, 1), f.(5, 2), f.(2, 5)]
add = fn a -> fn b -> a + b end end
  add.(1).(2)
compose = fn f, g -> &g.(f.(&1)) end
  compose.(&(&1 + 1), &(&1 * 2)).(3)
Enum.map([{1, 2}, {3, 4}], fn {a, b} -> a * b end)
Enum.map_reduce([1, 2, 3], 0, &{&1 * &2, &1 + &2})
Enum.sort_by([%{n: 2}, %{n: 1}], & &1.n) |> Enum.map(& &1[:n])
[1, 2, 3] |> Enum.map(&"<#{&1}>") |> Enum.join()
5 |> then(fn x when x > 3 -> x * 2 end)
[3, 1, 2] |> Enum.sort() |> (fn [head | _] -> head end).()
"a,b;c" |> String.split([",", ";"]) |> Enum.with_index() |> Enum.map(fn {c, i} -> "#{c}#{i}" end)
try do
  raise ArgumentError, "bad"
rescue
  e in [KeyError, ArgumentError] -> {:rescued, e.message}
end
try do
  Map.fetch!(unknown(%{a: 1}), :b)
rescue
  e in KeyError -> e.key
end
try do
  unknown(1) + unknown("a")
rescue
  ArithmeticError -> :arithmetic
end
try do
  String.to_integer("12x")
rescue
  _ -> :no
else
  n -> n
end
try do
  10
rescue
  _ -> :no
else
  n when n > 5 -> {:big, n}
  n -> {:small, n}
after
  :ignored
end
try do
  raise "boom"
rescue
  e in RuntimeError -> e.message
after
  :done
end
try do
  case unknown(3) do
    1 -> 1
  end
rescue
  e in CaseClauseError -> Exception.message(e)
end
try do
  {:ok, _} = unknown({:ok, 1, 2})
rescue
  MatchError -> :mismatch
end
{a, [b | c], %{d: d}} = {1, [2, 3], %{d: 4, e: 5}}
  [a, b, c, d]
[a, b] = [c, d] = [1, 2]
  {a, b, c, d}
%{a: x} = y = %{a: 1, b: 2}
  {x, y}
_ = unknown(1)
  _ignored = 2
  3
m = %{a: 1, b: %{c: 2}}
  %{m | a: 5, b: %{m.b | c: m.a}}
k = "dyn"
  %{k => 1, "#{k}2" => 2, 3 => 4}
m = %{"a b" => 1, c: 2}
  {m["a b"], m[:c], m[:zz], m.c}
unknown(nil)[:a][:b]
unknown([a: 1, b: 2])[:b]
unknown(%{a: nil})[:a][:b]
put_in(unknown(%{a: %{b: 1}})[:a][:b], 2)
update_in(unknown(%{a: %{b: 1}}), [:a, :b], &(&1 + 1))
get_in(unknown(%{a: [%{b: 1}, %{b: 2}]}), [:a, Access.all(), :b])
get_in(unknown(%{a: [%{b: 1}, %{b: 2}]}), [:a, Access.at(1), :b])
put_in(unknown(%{a: 1}), [:b], 2)
m = unknown(%{user: %{name: "a"}})
  put_in(m.user.name, "b")
m = unknown(%{user: %{name: "a"}})
  update_in(m.user.name, &String.upcase/1)
m = unknown(%{list: [1, 2]})
  get_and_update_in(m.list, &{hd(&1), tl(&1)})
m = unknown(%{user: %{name: "a"}})
  update_in(m[:user][:name], &(&1 <> "!"))
pop_in(unknown(%{a: %{b: 1, c: 2}})[:a][:b])
1..10 |> Enum.take_every(3)
{3 in 1..5, 6 in 1..5, 3 in 1..9//2, "a" in ["b"], 2 not in [1, 2]}
Enum.to_list(5..1//-2) ++ Enum.to_list(1..0//1)
{1..3 == 1..3, Enum.count(1..10//3), Enum.sum(1..100), Enum.member?(1..10//3, 7)}
{nil || 1, false || nil, nil && 1, 1 && 2, !nil, not false, true and 3, false or 4}
{1 < 2, "a" < "b", nil < 1, [1] < [1, 2], %{a: 1} == %{a: 1}, {1} < {2}, 1 < "a"}
{1 == 1.0, 1 != 1.0, "a" =~ "a", "abc" =~ ~r/b./}
{-7 / 2, div(-7, 2), rem(-7, 2), Integer.mod(-7, 2), Integer.floor_div(-7, 2), 2 ** 10, 2 ** -1, 7.0 / 2}
-2 ** 2
not true == false
!true == false
1 + 2 * 3 - 4 / 2
"a" <> "b" <> "c" == "abc" and 1 in [1] or false
[1, 2] ++ [3] -- [2] ++ [4]
1 |> Kernel.+(1) |> Kernel.*(5) == 10 && :ok
"tab\there \x41 \u00e9 \u{1F600} \"q\" \\ \#{no}"
~S(no #{interp} \n) <> ~s(yes #{1} \n)
~w(a#{1} b c\n) ++ ~W(a#{1} c\n)
Enum.map(~w(1 2 3)a, &to_string/1)
~s{a "b" (c)} <> ~s|x\|y| <> ~s'q' <> ~s<z>
?a + ?\n
{0x1F, 0b101, 0o17, 1_000_000, 1.5e3, 1.0e-2}
inspect("a\n\"b\"\\ \t é")
"#{nil}|#{true}|#{:atom}|#{1.5}|#{"s"}"
{:ok, [a: 1, b: [c: 2]]}
[{:a, 1}, :b, c: 2]
{:error, reason: 1}
String.length("héllo") + byte_size("héllo")
if unknown(1) > 0, do: (a = 1; a + 1), else: 0
(fn -> 1; 2; 3 end).()
match?({:ok, n} when n > 1, unknown({:ok, 2}))
match?(%{a: [_ | _]}, unknown(%{a: []}))
x = if unknown(true), do: 1
  x
a = b = 3
  a + b
{x, _} = Enum.reduce(1..5, {0, 1}, fn n, {sum, prod} -> {sum + n, prod * n} end)
  x
Enum.reduce_while(1..100, 0, fn n, acc -> if acc > 20, do: {:halt, acc}, else: {:cont, acc + n} end)
Enum.find_value([1, 2, 3], fn n -> if n > 1, do: n * 10 end)
Enum.group_by(~w(apple avocado banana), &String.first/1, &String.length/1)
Enum.chunk_by([1, 1, 2, 3, 3], & &1)
Enum.zip([1, 2, 3], ~w(a b))
Enum.split_with([1, 2, 3, 4], &(rem(&1, 2) == 0))
Enum.frequencies(~w(a b a))
Enum.flat_map(1..3, fn n -> List.duplicate(n, n) end)
Enum.scan(1..4, &(&1 + &2))
Enum.min_max_by([%{n: 3}, %{n: 1}], & &1.n)
Keyword.merge([a: 1, b: 2], b: 3, c: 4)
Map.new([a: 1, b: 2], fn {k, v} -> {k, v * 2} end)
apply(Enum, :sum, [[1, 2]])
apply(fn a, b -> a - b end, [5, 3])
Enum.map([1, 2], &Integer.to_string/1) |> Enum.map(&String.to_integer/1)
for x <- raise("source"), reduce: raise("initial"), do: (acc -> acc + x)
for x <- [1], reduce: raise("initial"), do: (acc -> acc + x)
for x <- raise("source"), into: raise("into"), do: x
for x <- [1], into: (if unknown(true), do: [0], else: raise("none")), do: x
raise "plain"
raise ArgumentError
String.to_existing_atom("ok")
hd([])
Enum.fetch!([1], 3)
unknown(5).()
tl(unknown([]))
elem(unknown({1, 2}), 5)
Integer.parse("12abc")
Float.round(3.14159, 2)
String.to_float("1.5")
inspect(1..3)
is_list(unknown(1..3))
unknown(1..3) == [1, 2, 3]
Kernel.+ 1, 2
Kernel.<> unknown("a"), "b"
