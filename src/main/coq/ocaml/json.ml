(* The subset of JSON that certificates are written in (FORMAT.md, section 2.1).
   [read] accepts exactly the bytes that [print] makes; both keep their own
   stacks, so that nesting costs no call depth. *)

type t =
  | Object of (string * t) list
  | Array of t list
  | Text of string
  | Count of int

exception Malformed
exception Limit

type limits = { depth : int; values : int }

let is_plain = function
  | Text _ | Count _ -> true
  | Object _ | Array _ -> false

(* A container whose printing is under way; names are empty in arrays. *)
type printing = {
  inline : bool;
  close : char;
  mutable first : bool;
  mutable rest : (string * t) list;
}

let print root =
  let out = Buffer.create 65536 in
  let new_line depth =
    Buffer.add_char out '\n';
    Buffer.add_string out (String.make depth ' ')
  in
  let opened inline close rest = { inline; close; first = true; rest } in
  let emit value stack =
    match value with
    | Text s ->
      Buffer.add_char out '"';
      Buffer.add_string out s;
      Buffer.add_char out '"';
      stack
    | Count k ->
      Buffer.add_string out (string_of_int k);
      stack
    | Array items ->
      Buffer.add_char out '[';
      let items' = List.rev (List.rev_map (fun item -> ("", item)) items) in
      opened (List.for_all is_plain items) ']' items' :: stack
    | Object fields ->
      Buffer.add_char out '{';
      opened (fields = []) '}' fields :: stack
  in
  let rec run depth stack =
    match stack with
    | [] -> ()
    | { rest = []; inline; close; _ } :: outer ->
      if not inline then new_line (depth - 1);
      Buffer.add_char out close;
      run (depth - 1) outer
    | ({ rest = (name, value) :: rest; _ } as top) :: _ ->
      if not top.first then
        Buffer.add_string out (if top.inline then ", " else ",");
      top.first <- false;
      if not top.inline then new_line depth;
      if top.close = '}' then begin
        Buffer.add_char out '"';
        Buffer.add_string out name;
        Buffer.add_string out "\": "
      end;
      top.rest <- rest;
      let stack' = emit value stack in
      run (if is_plain value then depth else depth + 1) stack'
  in
  let stack = emit root [] in
  run (if is_plain root then 0 else 1) stack;
  Buffer.add_char out '\n';
  Buffer.contents out

(* A container whose reading is under way; items and names are reversed. *)
type reading = {
  is_object : bool;
  mutable names : string list;
  mutable items : t list;
}

let most_fields = 32
let most_digits = 18

(* Tolerant of white space, which the comparison of bytes settles. *)
let parse limits text =
  let length = String.length text in
  let at = ref 0 in
  let values = ref 0 in
  let peek () = if !at < length then text.[!at] else '\255' in
  let rec skip_space () =
    match peek () with
    | ' ' | '\n' | '\r' | '\t' ->
      incr at;
      skip_space ()
    | _ -> ()
  in
  let count () =
    incr values;
    if !values > limits.values then raise Limit
  in
  let quoted () =
    incr at;
    let start = !at in
    while peek () <> '"' do
      let c = peek () in
      if c < ' ' || c > '~' || c = '\\' then raise Malformed;
      incr at
    done;
    incr at;
    String.sub text start (!at - 1 - start)
  in
  let integer () =
    let start = !at in
    if peek () = '-' then incr at;
    let first = !at in
    while peek () >= '0' && peek () <= '9' do
      incr at
    done;
    if !at = first || !at - first > most_digits then raise Malformed;
    int_of_string (String.sub text start (!at - start))
  in
  let name container =
    if peek () <> '"' then raise Malformed;
    let found = quoted () in
    if List.mem found container.names then raise Malformed;
    if List.length container.names >= most_fields then raise Malformed;
    container.names <- found :: container.names;
    skip_space ();
    if peek () <> ':' then raise Malformed;
    incr at
  in
  let closed container =
    if container.is_object then
      Object (List.rev (List.rev_map2 (fun a b -> (a, b))
                          (List.rev container.names) (List.rev container.items)))
    else Array (List.rev container.items)
  in
  (* Hands a value to its containers: the root once all are closed. *)
  let rec finish value stack =
    match stack with
    | [] -> `Root value
    | container :: outer -> (
      container.items <- value :: container.items;
      skip_space ();
      match peek () with
      | ',' ->
        incr at;
        if container.is_object then begin
          skip_space ();
          name container
        end;
        `Open stack
      | c when c = (if container.is_object then '}' else ']') ->
        incr at;
        count ();
        finish (closed container) outer
      | _ -> raise Malformed)
  in
  let rec run depth stack =
    skip_space ();
    match peek () with
    | ('{' | '[') as c ->
      incr at;
      let container = { is_object = c = '{'; names = []; items = [] } in
      if depth + 1 > limits.depth then raise Limit;
      skip_space ();
      if (not container.is_object) && peek () = ']' then begin
        incr at;
        count ();
        continue (finish (Array []) stack)
      end
      else begin
        if container.is_object then name container;
        run (depth + 1) (container :: stack)
      end
    | '"' ->
      let value = Text (quoted ()) in
      count ();
      continue (finish value stack)
    | _ ->
      let value = Count (integer ()) in
      count ();
      continue (finish value stack)
  and continue = function
    | `Open stack -> run (List.length stack) stack
    | `Root value ->
      skip_space ();
      if !at < length then raise Malformed;
      value
  in
  run 0 []

(* The value whose one spelling these bytes are *)
let read limits text =
  let value = parse limits text in
  if not (String.equal (print value) text) then raise Malformed;
  value
