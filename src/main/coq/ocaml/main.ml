(* loopcert-coq-check: certificates checked by the function that is proved sound
   in Coq. This file runs it on big integers and prints what it answers. *)

module Integer = Z (* of Zarith; the checker has a Z of its own *)
open Checker

let rec integer_of_positive = function
  | XH -> Integer.one
  | XO p -> Integer.shift_left (integer_of_positive p) 1
  | XI p -> Integer.succ (Integer.shift_left (integer_of_positive p) 1)

let integer_of_count = function
  | N0 -> Integer.zero
  | Npos p -> integer_of_positive p

let quotient a b =
  if Integer.sign b = 0 then Integer.zero else Integer.fdiv a b

let bit_length x = Reader.count_of_int (Reader.bit_length x)

let integers =
  operations Integer.zero Integer.one Integer.add Integer.sub Integer.mul
    Integer.leq Integer.equal integer_of_count quotient Integer.gcd bit_length

let trust =
  "loopcert-coq-check answers `accepted` only where the function `check`, written \
   in Coq and proved sound there, does so for the data read from the file; every \
   conclusion then holds over the real numbers. What has to be trusted beside \
   that proof, its statement with the definitions in Meaning.v, Model.v, \
   Certificate.v and Vectors.v, and the axioms of Coq's real numbers: the Coq kernel; its extraction to OCaml, where bool, option, \
   list, pairs and unit become those of OCaml and nothing else is replaced; the \
   OCaml compiler and runtime; Zarith and GMP, which compute with the integers; \
   json.ml and reader.ml, which read the file and put X and y over a common \
   denominator; main.ml, which hands the operations of Zarith to `check`, prints \
   the answer and reduces fractions."

type verdict =
  | Accepted_with of bool * (string * Integer.t conclusion) list
  | Rejected of string * int
  | Undecided of string
  | Malformed
  | Declined of string

let reason_name = function
  | MissingObligation -> "missing-obligation"
  | PremiseOrder -> "premise-order"
  | PremiseKind -> "premise-kind"
  | Shape -> "shape"
  | ZeroQuery -> "zero-query"
  | NotDominant -> "not-dominant"
  | NotSemidefinite -> "not-semidefinite"
  | ZeroWitness -> "zero-witness"
  | RayleighMissed -> "rayleigh"
  | NullSpace -> "null-space"
  | NotPositive -> "not-positive"
  | Rank -> "rank"
  | StepTooLarge -> "step-too-large"
  | StepKind -> "step-kind"
  | NotContracting -> "not-contracting"
  | NotRefuted -> "not-refuted"
  | Grid -> "grid"
  | NotRealizable -> "not-realizable"
  | NotLeastSquares -> "not-least-squares"
  | NotUnit -> "not-unit"
  | StartNotZero -> "start-not-zero"
  | Exponent -> "exponent"
  | NoTask -> "no-task"
  | NotEnclosed -> "not-enclosed"
  | HypothesisHolds -> "hypothesis-holds"
  | Limit -> "limit"

(* The bytes of a file, and of a longer one no more than show that it is *)
let read_file most name =
  let channel = open_in_bin name in
  let found = Buffer.create 65536 in
  let rec read () =
    let missing = most - Buffer.length found in
    match Buffer.add_channel found channel (min 65536 missing + 1) with
    | () -> if missing >= 65536 then read ()
    | exception End_of_file -> ()
  in
  Fun.protect
    ~finally:(fun () -> close_in channel)
    (fun () ->
      read ();
      Buffer.contents found)

let judge (limits : Reader.limits) bytes =
  match Reader.read limits bytes with
  | exception Json.Malformed -> (Malformed, None)
  | exception Reader.Rejected why -> (Rejected (why, 0), None)
  | exception Reader.Undecided why -> (Undecided why, None)
  | exception Reader.Lacks what -> (Declined what, None)
  | { certificate; names } ->
    let bounds =
      {
        max_bits = Reader.count_of_int limits.bits;
        max_work = Reader.count_of_int limits.work;
      }
    in
    let verdict =
      match check integers bounds certificate with
      | Accepted conclusions ->
        let named =
          List.rev
            (List.rev_map2 (fun name c -> (name, c)) (Array.to_list names) conclusions)
        in
        Accepted_with (certificate.refutation, named)
      | Fails (Limit, _) -> Undecided "limit"
      | Fails (why, k) -> Rejected (reason_name why, Reader.int_of_count k)
    in
    (verdict, Some certificate.about)

(* Conclusions *)

let fraction { num; den } =
  let g = Integer.gcd num den in
  let p = Integer.divexact num g in
  let q = Integer.divexact den g in
  if Integer.equal q Integer.one then Integer.to_string p
  else Integer.to_string p ^ "/" ^ Integer.to_string q

let count k = string_of_int (Reader.int_of_count k)
let name_in table value = fst (List.find (fun (_, v) -> v = value) table)

let factor = function
  | Power (base, loops) -> [ "power"; fraction base; count loops ]
  | Product mu -> [ "product"; fraction mu ]
  | Value bound -> [ "value"; fraction bound ]

let values (i : Integer.t instance) conclusion =
  let alpha = fraction i.alpha in
  let loops = count i.loops in
  match conclusion with
  | IsEquivalent -> []
  | IsReplayed -> [ loops ]
  | HasLambdaMaxAtMost bound
  | HasLambdaMaxAtLeast bound
  | HasSmallestAtMost bound ->
    [ fraction bound ]
  | HasSmallestAtLeast (mu, rank) -> [ fraction mu; count rank ]
  | HasSpectrum (rank, mu, mu', l', l, a, b) ->
    count rank :: Reader.map fraction [ mu; mu'; l'; l; a; b ]
  | HasExponential (a, b) -> [ fraction a; fraction b; loops ]
  | HasSmallSteps (s, s', c) ->
    [
      fraction s;
      fraction s';
      (match c with Some c -> fraction c | None -> "-");
    ]
  | Contracts (_, f) -> factor f
  | NotContracts (gain, _) -> [ fraction gain ]
  | IsRealizable (theta, norm) -> fraction norm :: Reader.map fraction theta
  | HasLeastSquares (theta, norm, residual, rank) ->
    count rank :: fraction norm :: fraction residual
    :: Reader.map fraction theta
  | IsUnmet (theorem, hypothesis) ->
    [
      name_in Reader.bound_names theorem;
      name_in Reader.hypothesis_names hypothesis;
    ]
  | HasTheorem44 (a, b) -> [ alpha; loops; fraction a; fraction b ]
  | HasTightBound f -> alpha :: factor f
  | HasDoubledExponent -> [ alpha; loops ]
  | IsTwoSided (l, u) -> [ fraction l; fraction u; loops ]
  | HasGeneralLabels (s, f) -> fraction s :: factor f
  | HasLimitError (theta, limit, s, f) ->
    (fraction limit :: fraction s :: factor f) @ Reader.map fraction theta
  | HasNoise (norm, f, floor) ->
    let size = fraction { i.alpha with num = Integer.abs i.alpha.num } in
    (size :: fraction norm :: factor f) @ [ fraction floor ]
  | HasErrorIdentity theta -> Reader.map fraction theta
  | HasErrorValue (_, t, l, u) -> [ count t; fraction l; fraction u ]
  | HasTheorem44Value (l, u) -> [ fraction l; fraction u ]
  | HasRoundedIterates iterates ->
    List.concat_map
      (fun ((t, _), distance) -> [ count t; fraction distance ])
      iterates
  | HasRoundedTrajectory (iterates, f, a, s) ->
    let k = string_of_int (List.length iterates - 1) in
    (k :: factor f) @ [ fraction a; fraction s ]

let verdict_text = function
  | Accepted_with (refutes, _) ->
    if refutes then "accepted refutation" else "accepted certificate"
  | Rejected (why, line) -> Printf.sprintf "rejected %s %d" why line
  | Undecided why -> "undecided " ^ why
  | Malformed -> "malformed"
  | Declined what -> "declined " ^ what

let print_verdict conclusions path (verdict, about) =
  Printf.printf "%s %s\n" (verdict_text verdict) path;
  match (verdict, about) with
  | Accepted_with (_, lines), Some i when conclusions ->
    List.iteri
      (fun k (name, conclusion) ->
        Printf.printf " %d %s\n" (k + 1)
          (String.concat " " (name :: values i conclusion)))
      lines
  | _ -> ()

(* The worst verdict counts: 2, 1, 3, 0. *)
let exit_code = function
  | Malformed -> 2
  | Rejected _ -> 1
  | Undecided _ | Declined _ -> 3
  | Accepted_with _ -> 0

let severity = function 2 -> 3 | 1 -> 2 | 3 -> 1 | _ -> 0
let worse a b = if severity b > severity a then b else a

(* Command line *)

let usage =
  "usage: loopcert-coq-check [--conclusions] [--trust] [--list FILE]\n\
  \  [--max-bytes N] [--max-depth N] [--max-values N] [--max-digits N]\n\
  \  [--max-dimension N] [--max-bits N] [--max-memory BYTES] [--max-work N]\n\
  \  FILE...\n\
   A folder stands for all *.json in it except manifest.json."

exception Usage

let is_certificate name =
  Filename.check_suffix name ".json" && not (String.equal name "manifest.json")

let is_folder path = Sys.file_exists path && Sys.is_directory path

(* All files below a folder in the order of their paths *)
let below path =
  let rec collect found path =
    let visit found name =
      let inner = Filename.concat path name in
      if is_folder inner then collect found inner
      else if is_certificate name then inner :: found
      else found
    in
    Array.fold_left visit found (Sys.readdir path)
  in
  if is_folder path then List.sort String.compare (collect [] path)
  else [ path ]

let listed name =
  List.filter
    (fun line -> not (String.equal line ""))
    (String.split_on_char '\n' (read_file Sys.max_string_length name))

(* A plain number, or one with K, M or G for powers of 1024 *)
let size s =
  let length = String.length s in
  let plain s =
    if String.length s > 15 || s = "" || not (String.for_all (fun c -> c >= '0' && c <= '9') s)
    then raise Usage
    else int_of_string s
  in
  let times shift =
    let k = plain (String.sub s 0 (length - 1)) in
    if k > max_int lsr shift then raise Usage;
    k lsl shift
  in
  if s = "" then raise Usage
  else
    match s.[length - 1] with
    | 'K' -> times 10
    | 'M' -> times 20
    | 'G' -> times 30
    | _ -> plain s

let defaults =
  {
    Reader.bytes = 32_000_000;
    depth = 16;
    values = 1_000_000;
    digits = 10_000;
    dimension = 512;
    bits = 4_000_000;
    memory = 8_000_000;
    work = 4_000_000_000;
  }

let bytes_per_word = 64

let with_limit (limits : Reader.limits) option value =
  let k = size value in
  match option with
  | "--max-bytes" -> { limits with bytes = k }
  | "--max-depth" -> { limits with depth = k }
  | "--max-values" -> { limits with values = k }
  | "--max-digits" -> { limits with digits = k }
  | "--max-dimension" -> { limits with dimension = k }
  | "--max-bits" -> { limits with bits = k }
  | "--max-memory" -> { limits with memory = k / bytes_per_word }
  | "--max-work" -> { limits with work = k }
  | _ -> raise Usage

type arguments = {
  conclusions : bool;
  limits : Reader.limits;
  files : string list;  (** reversed *)
}

let rec arguments found = function
  | [] -> found
  | "--conclusions" :: rest -> arguments { found with conclusions = true } rest
  | "--list" :: name :: rest ->
    arguments { found with files = List.rev_append (listed name) found.files } rest
  | option :: value :: rest when String.starts_with ~prefix:"--max-" option ->
    arguments { found with limits = with_limit found.limits option value } rest
  | option :: _ when String.starts_with ~prefix:"-" option -> raise Usage
  | path :: rest ->
    arguments { found with files = List.rev_append (below path) found.files } rest

let check_file found worst path =
  let verdict, about =
    match read_file found.limits.bytes path with
    | exception Sys_error _ -> (Malformed, None)
    | bytes -> (
      match judge found.limits bytes with
      | answer -> answer
      | exception (Out_of_memory | Stack_overflow) -> (Undecided "limit", None))
  in
  print_verdict found.conclusions path (verdict, about);
  worse worst (exit_code verdict)

let () =
  match List.tl (Array.to_list Sys.argv) with
  | [ "--trust" ] -> print_endline trust
  | given -> (
    match arguments { conclusions = false; limits = defaults; files = [] } given with
    | exception Usage ->
      prerr_endline usage;
      exit 2
    | exception Sys_error why ->
      prerr_endline why;
      exit 2
    | { files = []; _ } ->
      prerr_endline usage;
      exit 2
    | found -> (
      match List.fold_left (check_file found) 0 (List.rev found.files) with
      | code -> exit code
      | exception fault ->
        prerr_endline ("loopcert-coq-check: " ^ Printexc.to_string fault);
        exit 70))
