(* From the bytes of a file to the data that the checker works on: the grammar
   of FORMAT.md, sections 2.2, 2.3 and 4, the file limits of section 3.2, and
   the declared cost. *)

module Integer = Z (* of Zarith; the checker has a Z of its own *)
open Checker

type limits = {
  bytes : int;
  depth : int;
  values : int;
  digits : int;
  dimension : int;
  bits : int;
  memory : int;  (** words of the matrix *)
  work : int;
}

exception Rejected of string
exception Undecided of string
exception Lacks of string

let malformed () = raise Json.Malformed
let limit () = raise (Undecided "limit")
let most_loops = 1_000_000_000_000
let most_index = 0x7fffffff
let bit_length x = if Integer.sign x = 0 then 0 else Integer.numbits x

let rec positive_of_int k =
  if k = 1 then XH
  else if k land 1 = 0 then XO (positive_of_int (k lsr 1))
  else XI (positive_of_int (k lsr 1))

let count_of_int k = if k = 0 then N0 else Npos (positive_of_int k)

let rec int_of_positive = function
  | XH -> 1
  | XO p -> 2 * int_of_positive p
  | XI p -> (2 * int_of_positive p) + 1

let int_of_count = function N0 -> 0 | Npos p -> int_of_positive p

(* List.map that needs no stack *)
let map f l = List.rev (List.rev_map f l)

(* Numbers *)

type numbers = { most : int; mutable longest : int }

let integer numbers s first last =
  let start = if first < last && s.[first] = '-' then first + 1 else first in
  let length = last - start in
  if length = 0 then malformed ();
  if s.[start] = '0' && last - first > 1 then malformed ();
  for k = start to last - 1 do
    if s.[k] < '0' || s.[k] > '9' then malformed ()
  done;
  if length > numbers.longest then numbers.longest <- length;
  if length > numbers.most then limit ();
  Integer.of_substring s ~pos:first ~len:(last - first)

let fraction numbers value =
  match value with
  | Json.Text s -> (
    let length = String.length s in
    match String.index_opt s '/' with
    | None -> { num = integer numbers s 0 length; den = Integer.one }
    | Some slash ->
      let num = integer numbers s 0 slash in
      let den = integer numbers s (slash + 1) length in
      let reduced = Integer.equal (Integer.gcd num den) Integer.one in
      if Integer.lt den (Integer.of_int 2) || not reduced then malformed ();
      { num; den })
  | Json.Count _ | Json.Array _ | Json.Object _ -> malformed ()

let plain_integer numbers value =
  let f = fraction numbers value in
  if not (Integer.equal f.den Integer.one) then malformed ();
  f.num

(* Fields, taken in the order that the grammar fixes *)

type fields = { mutable next : (string * Json.t) list }

let fields = function
  | Json.Object l -> { next = l }
  | Json.Array _ | Json.Text _ | Json.Count _ -> malformed ()

let has f name =
  match f.next with
  | (found, _) :: _ -> String.equal found name
  | [] -> false

let take f name =
  match f.next with
  | (found, value) :: rest when String.equal found name ->
    f.next <- rest;
    value
  | _ -> malformed ()

let finish f = if f.next <> [] then malformed ()

let items = function
  | Json.Array l -> l
  | Json.Object _ | Json.Text _ | Json.Count _ -> malformed ()

let text_of = function
  | Json.Text s -> s
  | Json.Object _ | Json.Array _ | Json.Count _ -> malformed ()

let within low high = function
  | Json.Count k when low <= k && k <= high -> k
  | _ -> malformed ()

let text f name = text_of (take f name)
let count f name low high = within low high (take f name)
let fractions numbers value = map (fraction numbers) (items value)
let integers numbers value = map (plain_integer numbers) (items value)
let fraction_rows numbers value = map (fractions numbers) (items value)
let integer_rows numbers value = map (integers numbers) (items value)

(* Witnesses *)

let semidefinite numbers value =
  let f = fields value in
  let witness =
    match text f "method" with
    | "factor" ->
      let k = count f "scale" 0 100_000 in
      Factor (count_of_int k, integer_rows numbers (take f "rows"))
    | "elimination" -> Elimination
    | _ -> malformed ()
  in
  finish f;
  witness

let bound_names =
  [
    ("theorem-4.4", NameTheorem44);
    ("tight-bound", NameTightBound);
    ("doubled-exponent", NameDoubledExponent);
    ("two-sided", NameTwoSided);
    ("error-identity", NameErrorIdentity);
  ]

let hypothesis_names =
  [
    ("label-noise", LabelNoise);
    ("rank-deficient", RankDeficient);
    ("start", NonzeroStart);
    ("norm", OtherNorm);
    ("step", LargeStep);
  ]

let unmet f =
  let theorem = text f "theorem" in
  let hypothesis = text f "hypothesis" in
  match
    (List.assoc_opt theorem bound_names, List.assoc_opt hypothesis hypothesis_names)
  with
  | Some NameErrorIdentity, Some (RankDeficient | OtherNorm | LargeStep) ->
    malformed ()
  | Some t, Some h -> Unmet (t, h)
  | _ -> malformed ()

let smallest_positive_at_least numbers f =
  let bound = fraction numbers (take f "bound") in
  let basis = integer_rows numbers (take f "nullSpace") in
  let weight = integers numbers (take f "weight") in
  let weight =
    match (basis, weight) with
    | [], [] -> Integer.zero
    | _ :: _, [ w ] -> w
    | _ -> malformed ()
  in
  let witness = semidefinite numbers (take f "witness") in
  SmallestPositiveAtLeast (bound, basis, weight, witness)

let rounded_iterates numbers f =
  let last = ref (-1) in
  let item value =
    let f = fields value in
    let t = count f "t" (!last + 1) most_loops in
    last := t;
    let theta = fractions numbers (take f "theta") in
    let distance = fraction numbers (take f "distance") in
    finish f;
    ((count_of_int t, theta), distance)
  in
  RoundedIterates (map item (items (take f "iterates")))

(* The witness of the rule of this name *)
let rule numbers name f =
  let fraction name = fraction numbers (take f name) in
  let fractions name = fractions numbers (take f name) in
  let integers name = integers numbers (take f name) in
  let witness () = semidefinite numbers (take f "witness") in
  let enclosure make =
    let lower = fraction "lower" in
    let upper = fraction "upper" in
    make lower upper
  in
  match name with
  | "symbolic-attention" -> SymbolicAttention
  | "replay" -> Replay
  | "lambda-max-at-most" ->
    let bound = fraction "bound" in
    LambdaMaxAtMost (bound, witness ())
  | "smallest-positive-at-least" -> smallest_positive_at_least numbers f
  | "lambda-max-at-least" ->
    let bound = fraction "bound" in
    LambdaMaxAtLeast (bound, integers "vector")
  | "smallest-positive-at-most" ->
    let bound = fraction "bound" in
    SmallestPositiveAtMost (bound, integers "vector")
  | "spectrum" -> Spectrum
  | "exponential" -> Exponential
  | "small-steps" -> SmallSteps
  | "contraction-small-steps" -> ContractionSmallSteps
  | "contraction-constant" -> ContractionConstant
  | "contraction-schedule" ->
    ContractionSchedule (count_of_int (count f "grid" 1 10_000_000))
  | "non-contraction-constant" -> NonContractionConstant (integers "vector")
  | "non-contraction-schedule" -> NonContractionSchedule
  | "realizable" -> Realizable (fractions "theta")
  | "least-squares" ->
    let theta = fractions "theta" in
    LeastSquares (theta, fractions "preimage")
  | "unmet" -> unmet f
  | "theorem-4.4" -> Theorem44
  | "tight-bound" -> TightBound
  | "doubled-exponent" -> DoubledExponent
  | "two-sided" -> TwoSided
  | "general-labels" -> GeneralLabels
  | "limit-error" -> LimitError
  | "noise" -> Noise
  | "error-identity" -> ErrorIdentity
  | "error-by-replay" ->
    let t = count_of_int (count f "t" 0 most_loops) in
    enclosure (fun l u -> ErrorByReplay (t, l, u))
  | "error-by-powering" ->
    let bits = count_of_int (count f "bits" 1 100_000) in
    let t = count_of_int (count f "t" 0 most_loops) in
    enclosure (fun l u -> ErrorByPowering (bits, t, l, u))
  | "theorem-4.4-value" -> enclosure (fun l u -> Theorem44Value (l, u))
  | "rounded-iterates" -> rounded_iterates numbers f
  | "rounded-trajectory" ->
    let residual = fraction "residual" in
    RoundedTrajectory (residual, fraction_rows numbers (take f "iterates"))
  | _ -> malformed ()

type named_line = { name : string; line : Integer.t line }

let lines numbers value =
  let number = ref 0 in
  let line value =
    let f = fields value in
    incr number;
    ignore (count f "line" !number !number);
    let name = text f "rule" in
    let premises =
      map (fun k -> count_of_int (within 1 most_index k)) (items (take f "premises"))
    in
    let the_rule = rule numbers name f in
    finish f;
    { name; line = { the_rule; premises } }
  in
  map line (items value)

(* The instance over one denominator *)

let step numbers loops value =
  let f = fields value in
  let step =
    match text f "kind" with
    | "constant" -> Constant (fraction numbers (take f "eta"))
    | "schedule" ->
      let etas = fractions numbers (take f "etas") in
      if List.length etas <> loops then malformed ();
      Schedule etas
    | "lambda-max" -> LambdaMax
    | _ -> malformed ()
  in
  finish f;
  step

let words x = (bit_length x / 64) + 1

(* A common denominator of all, within the limits of recomputed numbers *)
let common_denominator limits rows =
  let spent = ref 0 in
  let meet common entry =
    let w = words common in
    spent := !spent + (w * w) + 16;
    if !spent > limits.work || 16 * bit_length common > limits.bits then limit ();
    if Integer.divisible common entry.den then common else Integer.lcm common entry.den
  in
  List.fold_left (List.fold_left meet) Integer.one rows

(* The columns of rows that have the same length *)
let transpose rows =
  match rows with
  | [] -> []
  | first :: _ ->
    let columns = Array.make (List.length first) [] in
    List.iter
      (List.iteri (fun j entry -> columns.(j) <- entry :: columns.(j)))
      (List.rev rows);
    Array.to_list columns

let instance limits numbers value =
  let f = fields value in
  let alpha = fraction numbers (take f "alpha") in
  let loops = count f "loops" 0 most_loops in
  let steps = step numbers loops (take f "step") in
  let start = fractions numbers (take f "start") in
  let task =
    if has f "theta" then Some (fractions numbers (take f "theta")) else None
  in
  let labels = fractions numbers (take f "y") in
  let rows = fraction_rows numbers (take f "X") in
  finish f;
  let n = List.length labels in
  let d = List.length start in
  let fits l = List.length l = d in
  if
    d = 0 || n = 0
    || List.length rows <> n
    || (not (List.for_all fits rows))
    || not (match task with Some own -> fits own | None -> true)
  then malformed ();
  if Integer.sign alpha.num = 0 then raise (Rejected "zero-query");
  if d > limits.dimension then limit ();
  let make () =
    let scale = common_denominator limits (labels :: rows) in
    let longest =
      List.fold_left
        (List.fold_left (fun k x -> max k (bit_length x.num)))
        0 (labels :: rows)
    in
    let w = ((bit_length scale + longest) / 64) + 1 in
    if (n + (2 * d)) * d * w > limits.memory then limit ();
    let over entry =
      if Integer.equal entry.den scale then entry.num
      else Integer.mul entry.num (Integer.divexact scale entry.den)
    in
    {
      alpha;
      loops = count_of_int loops;
      steps;
      start;
      task;
      scale;
      labels = map over labels;
      columns = transpose (map (map over) rows);
    }
  in
  (n, d, loops, make)

(* The whole file *)

let is_hash s =
  let is_digit c = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') in
  String.length s = 64 && String.for_all is_digit s

type cost = { n : int; d : int; loops : int; digits : int; bytes : int }

let read_cost value =
  let f = fields value in
  let n = count f "n" 1 most_loops in
  let d = count f "d" 1 most_loops in
  let loops = count f "loops" 0 most_loops in
  let digits = count f "digits" 1 most_index in
  let bytes = count f "bytes" 1 most_loops in
  finish f;
  { n; d; loops; digits; bytes }

type t = { certificate : Integer.t certificate; names : string array }

let read (limits : limits) bytes =
  if String.length bytes > limits.bytes then limit ();
  let root =
    match Json.read { Json.depth = limits.depth; values = limits.values } bytes with
    | root -> root
    | exception Json.Limit -> limit ()
  in
  let f = fields root in
  if not (String.equal (text f "format") "loopcert/1") then malformed ();
  let kind = text f "kind" in
  if String.equal kind "counterexample" then raise (Lacks kind);
  let refutation =
    match kind with
    | "certificate" -> false
    | "refutation" -> true
    | _ -> malformed ()
  in
  let cost = read_cost (take f "cost") in
  let stated = take f "instance" in
  let numbers = { most = limits.digits; longest = 1 } in
  let lines = lines numbers (take f "lines") in
  if has f "measured" then ignore (take f "measured");
  finish f;
  let g = fields stated in
  if has g "sha256" then begin
    let hash = text g "sha256" in
    finish g;
    if not (is_hash hash) then malformed ();
    raise (Undecided "needs-input")
  end;
  let n, d, loops, make = instance limits numbers stated in
  let actual =
    { n; d; loops; digits = numbers.longest; bytes = String.length bytes }
  in
  if cost <> actual then raise (Rejected "cost");
  {
    certificate =
      { refutation; about = make (); lines = map (fun l -> l.line) lines };
    names = Array.of_list (map (fun l -> l.name) lines);
  }
