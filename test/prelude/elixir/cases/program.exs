if true, do: 1, else: 2
if nil, do: 1
if 0, do: "truthy", else: "falsy"
if "", do: "truthy", else: "falsy"
unless false, do: 1
unless 1, do: 1, else: 2
if unknown(1) == 1 do
  "yes"
else
  "no"
end
case unknown(3) do
  1 -> :one
  n when n > 2 -> {:big, n}
  _ -> :other
end
case unknown({:ok, %{"id" => 7}}) do
  {:ok, %{"id" => id}} when is_integer(id) -> id
  {:error, reason} -> reason
end
case unknown([1, 2, 3]) do
  [] -> "empty"
  [head | tail] -> {head, tail}
end
case unknown([1, 2]) do
  [a] -> a
  [a, b] -> a + b
end
case unknown("prefix-rest") do
  "prefix-" <> rest -> rest
  _ -> nil
end
case unknown(%{a: 1, b: 2}) do
  %{a: 2} -> "two"
  %{a: a} = map -> {a, map_size(map)}
end
case unknown(5) do
  x when x in [1, 2, 3] -> "low"
  x when x > 3 and x < 10 -> "mid"
  x when is_binary(x) or is_nil(x) -> "other"
end
case unknown(1.0) do
  1 -> "integer"
  _ -> "other"
end
case unknown(nil) do
  nil -> "nil"
  false -> "false"
end
case unknown(9) do
  1 -> 1
end
cond do
  unknown(1) > 2 -> "a"
  unknown(nil) -> "b"
  true -> "c"
end
cond do
  unknown(nil) -> 1
end
cond do
  x = unknown(4) -> x + 1
  true -> 0
end
with {:ok, a} <- unknown({:ok, 1}), {:ok, b} <- unknown({:ok, a + 1}) do
  a + b
end
with {:ok, a} <- unknown({:error, :bad}) do
  a
end
with {:ok, a} <- unknown({:error, :bad}) do
  a
else
  {:error, reason} -> {:failed, reason}
end
with {:ok, a} <- unknown(:oops) do
  a
else
  {:error, reason} -> reason
end
with a = 1, b when b > 0 <- unknown(a + 1), do: a + b
with x when x > 5 <- unknown(3), do: x
for x <- [1, 2, 3], do: x * 2
for x <- [1, 2, 3, 4], rem(x, 2) == 0, do: x
for x <- [1, 2], y <- [3, 4], do: {x, y}
for x <- [1, 2, 3], y <- [x, x * 10], y > 5, do: y
for {k, v} <- %{b: 2, a: 1}, do: {v, k}
for {:ok, x} <- unknown([{:ok, 1}, {:error, 2}, {:ok, 3}]), do: x
for x <- ["a", "b"], into: %{}, do: {x, String.upcase(x)}
for x <- ["a", "b"], into: "", do: x <> x
for x <- [1, 1, 2], uniq: true, do: x
for x <- 1..3, reduce: 0 do
  acc -> acc + x
end
for x <- [1, 2, 3], reduce: %{} do
  acc when map_size(acc) < 2 -> Map.put(acc, to_string(x), x)
  acc -> acc
end
for n <- 1..10//3, do: n
for x <- [1, nil, 2], y = x, do: y
for x <- [], do: x
try do
  raise "oops"
rescue
  e -> e.message
end
try do
  Map.fetch!(unknown(%{}), "k")
rescue
  e in KeyError -> {:missing, e.key}
end
try do
  raise ArgumentError, "bad"
rescue
  e in [KeyError, ArgumentError] -> Exception.message(e)
end
try do
  raise "oops"
rescue
  _ in KeyError -> 1
end
try do
  unknown(1) + unknown(nil)
rescue
  ArithmeticError -> "arithmetic"
end
try do
  10
rescue
  _ -> 20
else
  10 -> 30
end
try do
  unknown(10)
rescue
  _ -> 20
after
  :ignored
end
x = 1
  x = x + 1
  x
x = 1
  if true do
    x = 2
    x
  end
  x
{a, [b, c | d]} = unknown({1, [2, 3, 4, 5]})
  [a, b, c, d]
%{"k" => v} = unknown(%{"k" => "value", "z" => 1})
  v
[a, a] = unknown([1, 2])
  a
{:ok, x} = unknown({:error, 1})
  x
x = 5
  case unknown(5) do
    ^x -> "pinned"
    _ -> "other"
  end
(fn x -> x + 1 end).(2)
add = fn a, b -> a + b end
  add.(1, 2)
f = fn
    0 -> "zero"
    n when n < 0 -> "negative"
    _ -> "positive"
  end
  [f.(0), f.(-1), f.(1)]
f = &(&1 * &2)
  f.(3, 4)
f = &String.upcase/1
  f.("a")
Enum.map([1, 2], &{&1, &1 * 2})
Enum.map(["a"], &"<#{&1}>")
Enum.map([%{n: 1}], & &1.n)
Enum.map([1, 2], &[&1, 0])
Enum.reduce([1, 2, 3], &+/2)
(fn 1 -> :one end).(unknown(2))
"a#{1 + 1}b#{"c#{:d}"}"
"#{nil}|#{true}|#{1.5}|#{:atom}"
"tab\tquote\"backslash\\ unicode\u00e9 \x41"
'single' == 'single'
"""
  line one
    indented #{1 + 1}
  last
  """
~s(a "quoted" #{1 + 1})
~S(raw #{x} \n)
~w(a b c)
~w(a b)a
?a
1_000_000
0xff + 0b101 + 0o17
1.5e3
%{a: 1, b: 2} |> Map.put(:c, 3) |> Map.keys()
%{%{a: 1, b: 2} | a: 5}
%{unknown(%{"a" => 1}) | "b" => 2}
[1, 2] |> Enum.map(&(&1 + 1)) |> Enum.sum()
5 |> then(fn x -> x * 2 end)
"a b" |> String.split() |> Enum.map(&String.upcase/1) |> Enum.join("-")
match?({:ok, _}, unknown({:ok, 1}))
match?(x when x > 2, unknown(1))
match?(%{a: 1}, unknown(%{a: 1, b: 2}))
[a: 1, b: 2][:b]
%{a: %{b: [1, 2]}}.a.b
%{"key with space" => 1}["key with space"]
%{1 => "one", nil => "nil", true => "true"}
{1, "two", :three, nil, [4], %{five: 5}}
[{:a, 1} | [b: 2]]
1 + 2 * 3 - 4 / 2
(1 + 2) * 3
-(1 + 2)
not (1 > 2) and 3 >= 3
1 < 2 == true
"a" <> "b" <> "c"
[1] ++ [2] ++ [3]
[1, 2, 3, 4] -- [1] -- [2]
1..3 |> Enum.to_list()
nil || false || 3
1 && nil && 2
true && "yes" || "no"
x = 3
  y = if x > 2, do: x * 2, else: x
  {x, y}
x =
    case unknown(2) do
      1 -> "one"
      2 -> "two"
    end
  x <> "!"
list = [3, 1, 2]
  [first | _] = Enum.sort(list)
  first
total = Enum.reduce(%{a: 2, b: 3}, 0, fn {_, n}, acc -> acc + n end)
  total * 10
items = [%{"price" => 10, "qty" => 2}, %{"price" => 5, "qty" => 1}]
  Enum.sum(for i <- items, do: i["price"] * i["qty"])
fun = fn x ->
    y = x * 2
    y + 1
  end
  Enum.map([1, 2], fun)
Enum.map([1, 2, 3], fn
    1 -> "one"
    n when rem(n, 2) == 0 -> "even"
    _ -> "odd"
  end)
Enum.reduce(["a", "b", "a"], %{}, fn x, acc -> Map.update(acc, x, 1, &(&1 + 1)) end)
if x = unknown(nil) || 5, do: x
case {unknown(1), unknown("b")} do
  {1, "a"} -> 1
  {n, s} when is_integer(n) and is_binary(s) -> s <> to_string(n)
end
case unknown(%{user: %{name: "Ada", tags: ["x", "y"]}}) do
  %{user: %{name: name, tags: [first | _]}} -> name <> first
end
