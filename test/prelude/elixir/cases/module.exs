# Whole programs: each a module whose `run/0` gives the value.
defmodule Program do
  @limit 10
  @names %{low: "few", high: "many"}
  def run, do: Enum.map([0, 3, 10, 11], &label/1)
  defp label(n) when n <= 0, do: "none"
  defp label(n) when n < @limit and n > 2, do: @names.low <> " (#{n})"
  defp label(@limit), do: "limit"
  defp label(_), do: @names[:high]
end
defmodule Program do
  def run, do: [greet("Ada"), greet("Bob", "Dear"), greet("Cy", "Dear", "?"), pad(1), pad(1, 2), pad(1, 2, 3)]
  def greet(name, word \\ "Hello", mark \\ "!")
  def greet("Bob", word, mark), do: word <> " Robert" <> mark
  def greet(name, word, mark), do: "#{word} #{name}#{mark}"
  defp pad(a \\ 10, b, c \\ 30), do: {a, b, c}
end
defmodule Program do
  def run, do: {fact(10), fib(15), reverse([1, 2, 3]), depth([1, [2, [3, []]], [4]]), gcd(84, 36)}
  defp fact(0), do: 1
  defp fact(n), do: n * fact(n - 1)
  defp fib(n), do: fib(n, 0, 1)
  defp fib(0, a, _), do: a
  defp fib(n, a, b), do: fib(n - 1, b, a + b)
  defp reverse(list), do: reverse(list, [])
  defp reverse([], done), do: done
  defp reverse([head | tail], done), do: reverse(tail, [head | done])
  defp depth(list) when is_list(list), do: 1 + (list |> Enum.map(&depth/1) |> Enum.max(fn -> 0 end))
  defp depth(_), do: 0
  defp gcd(a, 0), do: a
  defp gcd(a, b), do: gcd(b, rem(a, b))
end
defmodule Program do
  def run do
    name = "Ada"
    text = """
    Dear #{name},
      "quoted" and \\ kept\tby tab
    #{Enum.map_join([1, 2], ", ", fn n -> "<#{n}>" end)}
    """
    raw = ~S"""
    no #{name} here \n
    """
    {text, raw, ~s(it's "#{name}"), ~w(a b #{name}), ~W(a #{b})}
  end
end
defmodule Program do
  def run do
    add = &(&1 + &2)
    twice = fn f, x -> f.(f.(x)) end
    shout = &String.upcase/1
    own = &triple/1
    pair = &{&1, &1}
    compose = fn f, g -> fn x -> g.(f.(x)) end end
    {add.(1, 2), twice.(own, 2), shout.("a"), pair.(3), compose.(own, pair).(2), Enum.map([1, 2], &add.(&1, 10)), Enum.reduce([1, 2, 3], &-/2)}
  end
  defp triple(x), do: x * 3
end
defmodule Program do
  def run do
    pairs = for x <- 1..3, y <- [:a, :b], x != 2, do: {x, y}
    map = for {x, y} <- pairs, into: %{z: 0}, do: {"#{x}#{y}", x}
    uniq = for n <- [1, 2, 1, 3, 2], uniq: true, do: n * n
    text = for c <- ["a", "b"], into: "", do: c <> "."
    {sum, odd} = for n <- 1..5, reduce: {0, []} do
      {sum, odd} when rem(n, 2) == 1 -> {sum + n, [n | odd]}
      {sum, odd} -> {sum + n, odd}
    end
    ok = for {:ok, v} <- [{:ok, 1}, {:error, 2}, {:ok, 3}], v > 1, do: v
    {pairs, map, uniq, text, sum, odd, ok, for(x <- [1, 2], y = x + 1, rem(y, 2) == 0, do: y)}
  end
end
defmodule Program do
  def run, do: Enum.map([%{"id" => 1, "to" => "a@b"}, %{"id" => 1}, %{"id" => "x", "to" => "c"}, %{}], &check/1)
  defp check(order) do
    with {:ok, id} <- id(order),
         key = "k#{id}",
         {:ok, to} when to != "c" <- Map.fetch(order, "to"),
         [user, host] <- String.split(to, "@") do
      {:ok, %{key: key, user: user, host: host}}
    else
      :error -> {:error, :no_address}
      {:ok, other} -> {:error, {:bad, other}}
      {:error, _} = error -> error
    end
  end
  defp id(%{"id" => id}) when is_integer(id), do: {:ok, id}
  defp id(%{"id" => id}), do: {:error, "not a number: #{inspect(id)}"}
  defp id(_), do: {:error, "no id"}
end
defmodule Program do
  def run, do: Enum.map([:arithmetic, :key, :match, :argument, :runtime, :clause, :function, :cond, nil], &attempt/1)
  defp attempt(kind) do
    try do
      fail(kind)
    rescue
      e in [ArithmeticError, KeyError] -> :known
      e in RuntimeError -> {:runtime, e.message}
      ArgumentError -> :argument
      e in [MatchError, CaseClauseError, CondClauseError] -> {:clause, Exception.message(e)}
      _ -> :other
    else
      "fine" -> :fine
    end
  end
  defp fail(:arithmetic), do: 1 / String.length("")
  defp fail(:key), do: Map.fetch!(%{a: 1}, :b)
  defp fail(:match), do: [1, _] = Enum.to_list(3..4)
  defp fail(:argument), do: raise(ArgumentError, "no")
  defp fail(:runtime), do: raise("boom")
  defp fail(:clause) do
    case String.length("abc") do
      4 -> 1
    end
  end
  defp fail(:function), do: only_a(String.downcase("B"))
  defp fail(:cond) do
    cond do
      String.length("a") > 1 -> 1
    end
  end
  defp fail(_), do: "fine"
  defp only_a("a"), do: 1
end
defmodule Program do
  def run do
    user = %{name: "Ada", age: 36, address: %{city: "London", zip: "N1"}, tags: []}
    older = %{user | age: user.age + 1, tags: ["x" | user.tags]}
    moved = %{older | address: %{older.address | city: "Paris"}}
    %{address: %{city: city}, name: name} = moved
    nested = put_in(moved, [:address, :zip], "75") |> update_in([:age], &(&1 * 2))
    {city, name, moved, nested, get_in(nested, [:address, :zip]), Map.merge(user, %{age: 1}, fn _, a, b -> a + b end)[:age], user[:missing]}
  end
end
defmodule Program do
  def run, do: {options([]), options(size: 2), options(size: 3, color: "red", size: 9), call(1, unit: :kg), call(2)}
  defp options(opts), do: {Keyword.get(opts, :size, 1), opts[:color], Keyword.get_values(opts, :size), Keyword.keys(opts)}
  defp call(n, opts \\ []) do
    unit = opts[:unit] || :g
    "#{n}#{unit}"
  end
end
defmodule Program do
  def run do
    expected = 2
    key = "k"
    pinned = fn
      ^expected -> :same
      %{^key => v} -> {:key, v}
      {x, x} -> {:twice, x}
      [_, _ | rest] = all when length(all) < 4 -> {:list, rest}
      "pre" <> rest -> {:text, rest}
      n when n in 5..7 or n in [9, 11] -> :range
      n when is_float(n) and not (n < 1.0) -> :float
      nil -> :nothing
      other -> {:other, other}
    end
    Enum.map([2, %{"k" => 1}, {3, 3}, [1, 2, 3], "prefix", 6, 11, 1.5, nil, {3}, [1, 2, 3, 4]], pinned)
  end
end
defmodule Program do
  def run do
    x = 1
    inner = if true do
      x = x + 1
      x * 10
    end
    y = (
      z = x + 5
      z * 2
    )
    list = Enum.map([1, 2], fn x -> x + y end)
    {a, [b | c]} = {x, list}
    [first, second | _] = Enum.sort([3, 1, 2], :desc)
    x = if is_nil(nil) and x == 1, do: "rebound"
    {inner, y, list, a, b, c, first, second, x, unless(x == "rebound", do: 1), unless(nil, do: 2, else: 3)}
  end
end
defmodule Program do
  def run do
    orders = [%{id: 1, lines: [%{sku: "a", qty: 2, price: 1.5}, %{sku: "b", qty: 1, price: 4}]}, %{id: 2, lines: []}, %{id: 3, lines: [%{sku: "a", qty: 5, price: 1.5}]}]
    totals = Map.new(orders, fn %{id: id, lines: lines} -> {id, lines |> Enum.map(&(&1.qty * &1.price)) |> Enum.sum()} end)
    by_sku = orders |> Enum.flat_map(& &1.lines) |> Enum.group_by(& &1.sku, & &1.qty) |> Enum.map(fn {sku, q} -> {sku, Enum.sum(q)} end)
    {cheap, dear} = Enum.split_with(Map.values(totals), &(&1 < 7.2))
    ranked = totals |> Enum.sort_by(fn {_, t} -> t end, :desc) |> Enum.with_index(1) |> Enum.map(fn {{id, _}, rank} -> "#{rank}. #{id}" end)
    {totals, by_sku, cheap, dear, ranked, Enum.zip([1, 2], ["a", "b"]), Enum.chunk_every(1..5, 2)}
  end
end
defmodule Program do
  def run, do: {size(0), size(5), size(50), sign(-1), sign(0), sign(2), not true == false, nil && raise("never"), (false or nil) || :last, 10 |> div(3) |> Kernel.max(4)}
  defp size(n) do
    cond do
      n == 0 -> :empty
      n < 10 && n > 0 -> :small
      true -> :large
    end
  end
  defp sign(n), do: if(n > 0, do: 1, else: if(n < 0, do: -1, else: 0))
end
defmodule Program do
  def run, do: {outer(), 1}
  defp outer do
    value =
      try do
        try do
          raise ArgumentError, "inner"
        rescue
          e in RuntimeError -> {:wrong, e.message}
        after
          "ignored"
        end
      rescue
        e -> {:outer, e.message}
      end
    value
  end
end
