/**
 * Projects of any size, made from a seed: the same seed gives the same text. Workflows are made of the steps that people
 * write, one module a file, in domains of twenty that share types and functions and call each other.
 */

export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

export interface ProjectShape {
  readonly workflows: number;
  /** How long a file becomes, more or less. */
  readonly lines: number;
  readonly seed: number;
}

/** A whole number below `limit`. */
type Random = (limit: number) => number;

interface Place {
  readonly random: Random;
  /** Number of the step; keys and names are made of it, so that each is there once. */
  readonly n: number;
  readonly domain: string;
  /** The workflow that this one may call; null for the last of a domain, so that no two call each other. */
  readonly child: string | null;
}

const DOMAIN = 20;

export function generateProject({ workflows, lines, seed }: ProjectShape): GeneratedFile[] {
  const random = seeded(seed);
  const files: GeneratedFile[] = [];
  for (let index = 0; index < workflows; index += 1) {
    const domain = `D${Math.floor(index / DOMAIN)}`;
    const folder = domain.toLowerCase();
    if (index % DOMAIN === 0) files.push({ path: `${folder}/shared.durable`, text: sharedModule(domain) });
    const isLast = index % DOMAIN === DOMAIN - 1 || index === workflows - 1;
    const child = isLast ? null : `${domain}.Flow${index + 1}`;
    const text = workflowModule(index, lines, { random, domain, child });
    files.push({ path: `${folder}/flow${index}.durable`, text });
  }
  return files;
}

/** Mulberry32. */
function seeded(seed: number): Random {
  let state = seed | 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

function sharedModule(domain: string): string {
  return `# What the workflows of ${domain} have in common.
defmodule ${domain}.Shared do
  use Durable

  @type line :: %{sku: String.t(), price: number(), quantity: integer()}
  @type order :: %{id: String.t(), email: String.t(), country: String.t(), lines: list(line())}

  @doc "What a list of lines costs."
  def total(lines) do
    lines |> Enum.map(fn line -> line.price * line.quantity end) |> Enum.sum()
  end

  @spec label(String.t(), integer()) :: String.t()
  def label(id, count) when count > 1, do: "#{id} (#{count} pieces)"
  def label(id, _count), do: id

  def zone("DE"), do: :near
  def zone("AT"), do: :near
  def zone(_country), do: :far
end
`;
}

function workflowModule(index: number, lines: number, around: Omit<Place, "n">): string {
  const { domain, random } = around;
  const steps: string[] = [];
  const head = `# Flow ${index} of ${domain}.
defmodule ${domain}.Flow${index} do
  @moduledoc "Handles orders of kind ${index}."

  use Durable
  use Durable.Context
  use Durable.Helpers
  use Durable.Orchestration
  use Durable.Wait

  @limit ${100 + random(900)}

  workflow "flow_${index}", input: ${domain}.Shared.order(), timeout: days(${60 + random(30)}) do
`;
  const tail = `  end

  defp rate(:near, total), do: total * 0.1
  defp rate(_zone, total) when total > @limit, do: 0

  defp rate(_zone, total) do
    share = total / 100
    max(share * 12, 5)
  end
end
`;
  let length = countLines(head) + countLines(tail);
  for (let n = 1; length < lines; n += 1) {
    const step = indent(stepOf({ ...around, n }));
    steps.push(step);
    length += countLines(step) + 1;
  }
  return `${head}${steps.join("\n")}${tail}`;
}

function countLines(text: string): number {
  return text.split("\n").length - 1;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}

/** What the others read. */
function firstStep(domain: string): string {
  return `step :add_up, fn data ->
  total = ${domain}.Shared.total(data.lines)
  {:ok, data |> assign(:total, total) |> assign(:zone, ${domain}.Shared.zone(data.country))}
end
`;
}

function stepOf(place: Place): string {
  if (place.n === 1) return firstStep(place.domain);
  if (place.n === 2) return computes(place);
  const kinds = place.child === null ? ALONE : [...ALONE, callsChild];
  return kinds[place.random(kinds.length)]!(place);
}

const computes = ({ n }: Place): string => `# Shipping depends on where it goes.
step :ship_${n}, fn data ->
  shipping = rate(data.zone, data.total)
  heavy = Enum.filter(data.lines, fn line -> line.quantity > ${n} end)

  text =
    cond do
      heavy == [] -> "letter"
      length(heavy) > 3 -> "pallet"
      true -> "parcel"
    end

  {:ok, %{shipping_${n}: shipping, how_${n}: text}}
end
`;

const collects = ({ n, domain }: Place): string => `step :labels_${n}, fn data ->
  labels =
    for %{sku: sku, quantity: quantity} <- data.lines, quantity > 0 do
      ${domain}.Shared.label(sku, quantity)
    end

  by_letter = Enum.group_by(data.lines, fn line -> String.first(line.sku) end)
  {:ok, %{labels_${n}: Enum.join(labels, ", "), letters_${n}: map_size(by_letter)}}
end
`;

const waits = ({ n, random }: Place): string => `# Hours may pass here.
step :approve_${n}, fn data ->
  case wait_for_event("approved_${n}_#{data.id}", timeout: hours(${1 + random(48)})) do
    nil ->
      {:error, "nobody approved #{data.id}"}

    %{"by" => by, "note" => note} ->
      {:ok, %{approved_by_${n}: by, note_${n}: note}}

    %{"by" => by} ->
      {:ok, %{approved_by_${n}: by, note_${n}: "none"}}
  end
end
`;

const asks = ({ n }: Place): string => `step :ask_${n}, [timeout: days(20)], fn data ->
  answer = wait_for_approval("check_${n}_#{data.id}", prompt: "Send #{data.id}?", timeout: days(2), timeout_value: :late)

  case answer do
    :approved -> {:ok, %{answer_${n}: "yes"}}
    :rejected -> {:error, "order #{data.id} was rejected"}
    :late -> {:ok, %{answer_${n}: "late"}}
  end
end
`;

const branches = ({ n, random }: Place): string => `branch on: fn data -> data.total > ${10 * random(90)} end do
  true ->
    step :large_${n}, fn data ->
      increment_context(:large, 1)
      {:ok, %{discount_${n}: data.total * 0.05}}
    end

  false ->
    step :small_${n}, fn _data ->
      {:ok, %{discount_${n}: 0}}
    end
end
`;

const parallels = ({ n }: Place): string => `parallel do
  step :count_${n}, fn data ->
    {:ok, %{pieces: Enum.sum(Enum.map(data.lines, & &1.quantity))}}
  end

  step :name_${n}, fn data ->
    {:ok, %{name: data.email |> String.split("@") |> List.first()}}
  end
end

step :gather_${n}, fn data ->
  with {:ok, count} <- data.__results__.count_${n},
       {:ok, named} <- data.__results__.name_${n} do
    {:ok, %{summary_${n}: "#{named.name}: #{count.pieces}"}}
  end
end
`;

const retries = ({
  n,
  random,
}: Place): string => `step :charge_${n}, [retry: [max_attempts: ${2 + random(4)}, backoff: :exponential, base: 200]], fn data ->
  amount = Enum.reduce(data.lines, 0, fn line, sum -> sum + line.price * line.quantity end)

  if amount == data.total do
    {:ok, assign(data, :charged_${n}, amount)}
  else
    {:error, "#{amount} is not #{data.total}"}
  end
end
`;

const sleeps = ({ n, random }: Place): string => `step :pause_${n}, fn data ->
  if data.zone == :far, do: sleep(minutes(${1 + random(50)}))
  put_context(:paused_${n}, true)
  {:ok, data}
end
`;

const callsChild = ({ n, child, random }: Place): string => `# The child has its own steps, retries and history.
step :delegate_${n}, fn data ->
  order = %{id: "#{data.id}-${n}", email: data.email, country: data.country, lines: Enum.take(data.lines, 1)}

  case call_workflow(${child}, order, ref: :delegate_${n}, timeout: days(${25 + random(5)})) do
    {:ok, :child_timeout} -> {:error, "the part of #{data.id} took too long"}
    {:ok, part} -> {:ok, %{part_${n}: part.total}}
    {:error, reason} -> {:error, "the part failed: #{inspect(reason)}"}
  end
end
`;

const ALONE: readonly ((place: Place) => string)[] = [
  computes,
  collects,
  waits,
  asks,
  branches,
  parallels,
  retries,
  sleeps,
];
