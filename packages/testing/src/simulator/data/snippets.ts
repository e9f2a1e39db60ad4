/** A piece of code that answers a frequent request. */
export interface Snippet {
  readonly topic: RegExp
  readonly title: string
  readonly remark: string
  readonly python: string
  readonly typescript: string
}

/** The requests for code that the simulator knows; SQL and regular expressions are the same in both. */
export const SNIPPETS: readonly Snippet[] = [
  {
    topic: /\b(reverse|backwards)\b/i,
    title: 'Reversing a text',
    remark: 'Splitting by code points keeps emoji whole.',
    python: 'def reverse_text(text: str) -> str:\n    return text[::-1]',
    typescript:
      "export function reverseText(text: string): string {\n  return [...text].reverse().join('')\n}",
  },
  {
    topic: /\b(sort\w*|order(ed|ing)?)\b/i,
    title: 'Sorting by a key',
    remark: 'It returns a new list, and equal elements keep their order.',
    python:
      'from operator import itemgetter\n\ndef sort_by(rows: list[dict], key: str) -> list[dict]:\n    return sorted(rows, key=itemgetter(key))',
    typescript:
      'export function sortBy<T>(rows: readonly T[], key: (row: T) => number): T[] {\n  return rows.toSorted((left, right) => key(left) - key(right))\n}',
  },
  {
    topic: /\bfibonacci\b/i,
    title: 'Fibonacci without recursion',
    remark: 'Linear time, constant memory.',
    python:
      'def fibonacci(n: int) -> int:\n    a, b = 0, 1\n    for _ in range(n):\n        a, b = b, a + b\n    return a',
    typescript:
      'export function fibonacci(n: number): number {\n  let [current, next] = [0, 1]\n  for (let step = 0; step < n; step += 1) [current, next] = [next, current + next]\n  return current\n}',
  },
  {
    topic: /\bprimes?\b/i,
    title: 'Testing for a prime',
    remark: 'Divisors beyond the square root need no look.',
    python:
      'def is_prime(n: int) -> bool:\n    if n < 2:\n        return False\n    return all(n % divisor for divisor in range(2, int(n**0.5) + 1))',
    typescript:
      'export function isPrime(n: number): boolean {\n  if (n < 2) return false\n  for (let divisor = 2; divisor * divisor <= n; divisor += 1) {\n    if (n % divisor === 0) return false\n  }\n  return true\n}',
  },
  {
    topic: /\bpalindromes?\b/i,
    title: 'Recognising a palindrome',
    remark: 'Case and punctuation do not count.',
    python:
      'def is_palindrome(text: str) -> bool:\n    letters = [c for c in text.lower() if c.isalnum()]\n    return letters == letters[::-1]',
    typescript:
      "export function isPalindrome(text: string): boolean {\n  const letters = text.toLowerCase().replace(/[^\\p{L}\\p{N}]/gu, '')\n  return letters === [...letters].reverse().join('')\n}",
  },
  {
    topic: /\b(debounce|throttle)\b/i,
    title: 'Debouncing a function',
    remark: 'Only the last call of a burst goes through.',
    python:
      'import threading\n\ndef debounce(wait: float):\n    def decorate(function):\n        timer = None\n        def call(*args):\n            nonlocal timer\n            if timer is not None:\n                timer.cancel()\n            timer = threading.Timer(wait, function, args)\n            timer.start()\n        return call\n    return decorate',
    typescript:
      'export function debounce<A extends unknown[]>(call: (...args: A) => void, waitMs: number) {\n  let timer: ReturnType<typeof setTimeout> | undefined\n  return (...args: A): void => {\n    clearTimeout(timer)\n    timer = setTimeout(() => call(...args), waitMs)\n  }\n}',
  },
  {
    topic: /\b(fetch|http|api|request|download)\b/i,
    title: 'Reading JSON over HTTP',
    remark: 'A status outside 2xx becomes an error, and the call cannot hang for ever.',
    python:
      'import requests\n\ndef load_json(url: str) -> dict:\n    response = requests.get(url, timeout=10)\n    response.raise_for_status()\n    return response.json()',
    typescript:
      'export async function loadJson(url: string): Promise<unknown> {\n  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })\n  if (!response.ok) throw new Error(`${url} answered ${response.status}`)\n  return response.json()\n}',
  },
  {
    topic: /\b(csv|file|lines?)\b/i,
    title: 'Reading a file line by line',
    remark: 'Only one line is in memory at a time.',
    python:
      'from pathlib import Path\n\ndef read_lines(path: str):\n    with Path(path).open(encoding="utf-8") as file:\n        for line in file:\n            yield line.rstrip("\\n")',
    typescript:
      "import { open } from 'node:fs/promises'\n\nexport async function* readLines(path: string): AsyncGenerator<string> {\n  const file = await open(path)\n  yield* file.readLines()\n}",
  },
  {
    topic: /\b(e-?mail|regex|regular expression|valid\w*)\b/i,
    title: 'Checking an e-mail address',
    remark: 'Good enough for a form; only a message sent proves an address.',
    python:
      'import re\n\nEMAIL = re.compile(r"^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$")\n\ndef is_email(text: str) -> bool:\n    return EMAIL.match(text) is not None',
    typescript:
      'const email = /^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$/\n\nexport function isEmail(text: string): boolean {\n  return email.test(text)\n}',
  },
  {
    topic: /\b(parse\w*|query strings?|url)\b/i,
    title: 'Reading a query string',
    remark: 'A name that comes twice keeps its last value.',
    python:
      'from urllib.parse import parse_qsl\n\ndef parse_query(query: str) -> dict[str, str]:\n    return dict(parse_qsl(query))',
    typescript:
      'export function parseQuery(query: string): Record<string, string> {\n  return Object.fromEntries(new URLSearchParams(query))\n}',
  },
  {
    topic: /\b(sum|add|total|average|mean)\b/i,
    title: 'Adding up a list',
    remark: 'An empty list gives 0.',
    python: 'def total(numbers: list[float]) -> float:\n    return sum(numbers)',
    typescript:
      'export function total(numbers: readonly number[]): number {\n  return numbers.reduce((sum, number) => sum + number, 0)\n}',
  },
  {
    topic: /\b(duplicates?|unique|dedup\w*)\b/i,
    title: 'Removing duplicates',
    remark: 'The first of each stays, in the order of arrival.',
    python: 'def unique(values: list) -> list:\n    return list(dict.fromkeys(values))',
    typescript: 'export const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]',
  },
]

/** SQL is asked for by name and answered in SQL. */
export const SQL_SNIPPET =
  "select customer_id, sum(amount) as total\nfrom orders\nwhere ordered_at >= date '2026-01-01'\ngroup by customer_id\norder by total desc\nlimit 10;"
