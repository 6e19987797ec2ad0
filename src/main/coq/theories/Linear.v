(** Symmetric matrices in integers: the Gram matrix from the columns of X, tests
    of positive semidefiniteness, and tests of null-space bases.

    A symmetric matrix is kept as its upper triangle: row i holds the entries
    from the diagonal on. With a first row x :: r and v = a :: w its form is
    x a^2 + 2 a <r, w> + (form of the rest at w), which is how the functions
    below recur.

    Exports: [triangle], [full]; [problem], [make_problem]; [shifted],
    [add_outer]; [semidefinite_by]; [null_vectors], [pivots]. *)

From Coq Require Import NArith List.
From Loopcert Require Import Certificate Arithmetic.

Import ListNotations.

(** f x y for every pair with x not after y: the upper triangle of a product *)
Fixpoint triangle {A B : Type} (f : A -> A -> B) (l : list A) : list (list B) :=
  match l with
  | [] => []
  | x :: rest => map (f x) l :: triangle f rest
  end.

(** Puts each entry before the row of its place. *)
Fixpoint prepend {A : Type} (u : list A) (rows : list (list A))
    : list (list A) :=
  match u, rows with
  | x :: u, row :: rows => (x :: row) :: prepend u rows
  | _, _ => []
  end.

(** All rows of the symmetric matrix of an upper triangle *)
Fixpoint full {A : Type} (rows : list (list A)) : list (list A) :=
  match rows with
  | [] => []
  | row :: rest => row :: prepend (tl row) (full rest)
  end.

(** Rows of d, d - 1, .., 1 entries, with d that of the list *)
Fixpoint triangular {A B : Type} (rows : list (list A)) (u : list B) : bool :=
  match rows, u with
  | [], [] => true
  | row :: rows, _ :: rest =>
      if same_length row u then triangular rows rest else false
  | _, _ => false
  end.

Section Linear.

Context {I : Type} (o : ops I).

Local Notation "0" := (zero o) : ops_scope.
Local Notation "1" := (one o) : ops_scope.
Local Notation "x + y" := (add o x y) : ops_scope.
Local Notation "x - y" := (sub o x y) : ops_scope.
Local Notation "x * y" := (mul o x y) : ops_scope.
Local Notation "x <=? y" := (leb o x y) : ops_scope.
Local Notation "x =? y" := (eqb o x y) : ops_scope.
Local Open Scope ops_scope.

(** What all rules compute with: D^2 G, D^2 b, D^2 |y|^2 and D^2. The examples
    themselves are not needed again: |y - X v|^2 = |y|^2 - 2 b'v + v'G v. *)
Record problem := Problem {
  upper : list (list I);
  gram_rows : list (list I);
  moment_b : list I;
  label_square : I;
  square : I;
  problem_bits : N
}.

Definition make_problem (i : instance I) : problem :=
  let upper := triangle (dot o) (columns i) in
  let moment := map (fun c => dot o c (labels i)) (columns i) in
  let label_square := dot o (labels i) (labels i) in
  let square := scale i * scale i in
  Problem upper (full upper) moment label_square square
    (N.max (N.max (longest_of o upper) (longest o moment))
       (N.max (bit_length o label_square) (bit_length o square))).

(** D^2 v'G v *)
Definition form (p : problem) (v : list I) : I :=
  dot o v (multiply o (gram_rows p) v).

(** D^2 |u y - X v|^2 *)
Definition misfit (p : problem) (v : list I) (u : I) : I :=
  label_square p * (u * u) - (1 + 1) * (u * dot o (moment_b p) v) + form p v.

(** Adds t to the diagonal. *)
Definition add_diagonal (t : I) (a : list (list I)) : list (list I) :=
  map
    (fun row =>
       match row with
       | [] => []
       | x :: r => (x + t) :: r
       end) a.

(** D^2 q (x G + y I), q the product of the denominators *)
Definition shifted (p : problem) (x y : frac I) : list (list I) :=
  add_diagonal (num y * den x * square p)
    (map (scaled o (num x * den y)) (upper p)).

(** A + w v v' *)
Fixpoint add_outer (w : I) (v : list I) (a : list (list I))
    : list (list I) :=
  match v, a with
  | x :: rest, row :: a =>
      plus_scaled o row (w * x) v :: add_outer w rest a
  | _, _ => []
  end.

(** A - R'R, R the upper triangle of these rows *)
Fixpoint minus_square (a rows : list (list I)) : list (list I) :=
  match a, rows with
  | row :: a, r :: rows =>
      match r with
      | [] => []
      | x :: rest =>
          plus_scaled o row (neg o x) r
          :: minus_square (add_outer (neg o 1) rest a) rows
      end
  | _, _ => []
  end.

Definition sum_abs (u : list I) : I :=
  fold_left (fun sum x => sum + abs o x) u 0.

(** u + |v|, entry by entry *)
Fixpoint plus_abs (u v : list I) : list I :=
  match u, v with
  | x :: u, y :: v => (x + abs o y) :: plus_abs u v
  | _, _ => []
  end.

(** Every diagonal entry is at least the sum of the absolute values of its row
    and of what [sums] holds for it, the part of the row before the diagonal. *)
Fixpoint dominant (sums : list I) (a : list (list I)) : bool :=
  match sums, a with
  | [], [] => true
  | s :: sums, (x :: r) :: a =>
      if s + sum_abs r <=? x then dominant (plus_abs sums r) a else false
  | _, _ => false
  end.

Fixpoint exact_quotients (row : list I) (by_ : I) : option (list I) :=
  match row with
  | [] => Some []
  | x :: rest =>
      match exact_quotient o x by_ with
      | None => None
      | Some q =>
          match exact_quotients rest by_ with
          | None => None
          | Some l => Some (q :: l)
          end
      end
  end.

(** (x A - r r') / previous, where that is in integers *)
Fixpoint schur (x previous : I) (r : list I) (a : list (list I))
    : option (list (list I)) :=
  match r, a with
  | y :: rest, row :: a =>
      match
        exact_quotients (combination o x row (neg o y) r) previous
      with
      | None => None
      | Some row =>
          match schur x previous rest a with
          | None => None
          | Some l => Some (row :: l)
          end
      end
  | _, _ => Some []
  end.

(** Symmetric fraction-free elimination; a diagonal entry 0 needs a row 0. *)
Fixpoint eliminate (fuel : list (list I)) (previous : I) (a : list (list I))
    : bool :=
  match fuel, a with
  | _ :: fuel, (x :: r) :: rest =>
      if is_positive o x
      then
        match schur x previous r rest with
        | None => false
        | Some next => eliminate fuel x next
        end
      else
        if x =? 0
        then if all_zero o r then eliminate fuel previous rest else false
        else false
  | _, [] => true
  | _, _ => false
  end.

(** The reason, or none if the witness shows A to be positive semidefinite *)
Definition refused_semidefinite (a : list (list I)) (w : semidefinite I)
    : option reason :=
  match w with
  | Factor k rows =>
      if triangular rows a
      then
        let four := pow2 o (2 * k) in
        if dominant (map (fun _ => 0) a)
             (minus_square (map (scaled o four) a) rows)
        then None
        else Some NotDominant
      else Some Shape
  | Elimination => if eliminate a 1 a then None else Some NotSemidefinite
  end.

(** X v = 0 *)
Definition null_vector (p : problem) (v : list I) : bool := form p v =? 0.

(** A position where v is not 0 and all others are *)
Fixpoint has_pivot (v : list I) (others : list (list I)) : bool :=
  match v with
  | [] => false
  | x :: v =>
      if x =? 0
      then has_pivot v (map (@tl I) others)
      else
        if all (fun u => hd 0 u =? 0) others
        then true
        else has_pivot v (map (@tl I) others)
  end.

Fixpoint pivots (before basis : list (list I)) : bool :=
  match basis with
  | [] => true
  | v :: rest =>
      if has_pivot v (before ++ rest) then pivots (v :: before) rest else false
  end.

(** A + w N N', N of these columns *)
Definition add_outers (w : I) (basis a : list (list I)) : list (list I) :=
  fold_left (fun a v => add_outer w v a) basis a.

End Linear.

Arguments Problem {I} _ _ _ _ _ _.
Arguments upper {I} _.
Arguments gram_rows {I} _.
Arguments moment_b {I} _.
Arguments label_square {I} _.
Arguments square {I} _.
Arguments problem_bits {I} _.
