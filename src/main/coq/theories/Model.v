(** The model of Chen et al., "Bypassing the Exponential Dependency: Looped
    Transformers Efficiently Learn In-context by Multi-step Gradient Descent"
    (CHEN2024, arXiv:2410.11268), Definitions 3.1 to 3.11, 5.1 and 5.2 for the
    quadratic loss. Nothing is proved here.

    Exports: [prompt], [attention], [loop], [transformer] (Definitions 3.1-3.6),
    [gram], [moment], [residual], [loss], [gradient], [descent] (3.8),
    [first_iterate] (Theorem 4.2), [realizable] (3.2), [least_squares] (3.9),
    [full_rank], [lambda_max], [lambda_min], [condition_number] (3.11),
    [strongly_convex], [smooth] (5.1, 5.2), [descent_operator] (p_T(G)).

    Rows and columns are counted from 0: the paper's row n+1 of the prompt is
    row n here, its column d+1 is column d. *)

From Coq Require Import Reals Arith.
From Loopcert Require Import Vectors.

Local Open Scope R_scope.

(** Z = [[X, y], [q', alpha]], (n+1) x (d+1) *)
Definition prompt (n d : nat) (X : mat) (y q : vec) (alpha : R) : mat :=
  fun i j =>
    if (i <? n)%nat
    then if (j <? d)%nat then X i j else y i
    else if (j <? d)%nat then q j else alpha.

(** Q = I *)
Definition key_query : mat := fun i j => if (i =? j)%nat then 1 else 0.

(** P = [[I_d, 0], [0, 0]] *)
Definition value_output (d : nat) : mat :=
  fun i j => if ((i =? j)%nat && (i <? d)%nat)%bool then 1 else 0.

(** M = [[0, 0], [1 .. 1, 0]]: only the last row attends, to all the others *)
Definition mask (n : nat) : mat :=
  fun i j => if ((i =? n)%nat && (j <? n)%nat)%bool then 1 else 0.

Definition hadamard (A B : mat) : mat := fun i j => A i j * B i j.

(** Attn(Z; Q, P) = (M o (Z Q Z')) Z P, Z: (n+1) x (d+1) *)
Definition attention (n d : nat) (Z : mat) : mat :=
  mulmm (S d)
    (mulmm (S n)
       (hadamard (mask n)
          (mulmm (S d) (mulmm (S d) Z key_query) (tr Z)))
       Z)
    (value_output d).

(** Z(t+1) = Z(t) - eta_t Attn(Z(t)) *)
Fixpoint loop (n d : nat) (eta : nat -> R) (Z : mat) (t : nat) : mat :=
  match t with
  | O => Z
  | S s =>
      fun i j =>
        loop n d eta Z s i j - eta s * attention n d (loop n d eta Z s) i j
  end.

(** TF = -(last row of Z(T), first d entries)' *)
Definition transformer (n d : nat) (eta : nat -> R) (Z : mat) (T : nat) : vec :=
  fun j => - loop n d eta Z T n j.

(** G = X'X, d x d *)
Definition gram (n : nat) (X : mat) : mat := mulmm n (tr X) X.

(** b = X'y *)
Definition moment (n : nat) (X : mat) (y : vec) : vec := mulmv n (tr X) y.

(** y - X theta *)
Definition residual (d : nat) (X : mat) (y theta : vec) : vec :=
  vsub y (mulmv d X theta).

(** l(theta) = 1/2 |y - X theta|^2 *)
Definition loss (n d : nat) (X : mat) (y theta : vec) : R :=
  / 2 * dot n (residual d X y theta) (residual d X y theta).

(** G theta - b, the gradient of the loss *)
Definition gradient (n d : nat) (X : mat) (y theta : vec) : vec :=
  vsub (mulmv d (gram n X) theta) (moment n X y).

(** theta(t+1) = theta(t) - eta_t (G theta(t) - b) *)
Fixpoint descent (n d : nat) (eta : nat -> R) (X : mat) (y theta : vec)
    (t : nat) : vec :=
  match t with
  | O => theta
  | S s =>
      vsub (descent n d eta X y theta s)
        (vscale (eta s) (gradient n d X y (descent n d eta X y theta s)))
  end.

(** theta(0) = -q(0)/alpha *)
Definition first_iterate (q : vec) (alpha : R) : vec :=
  fun j => - q j / alpha.

(** y = X theta, Definition 3.2 *)
Definition realizable (n d : nat) (X : mat) (y theta : vec) : Prop :=
  veq n y (mulmv d X theta).

(** The normal equations G theta = b *)
Definition least_squares (n d : nat) (X : mat) (y theta : vec) : Prop :=
  veq d (mulmv d (gram n X) theta) (moment n X y).

(** |X v|^2 = v'G v *)
Definition energy (n d : nat) (X : mat) (v : vec) : R :=
  dot n (mulmv d X v) (mulmv d X v).

(** G <= L I: the loss is L-smooth *)
Definition smooth (n d : nat) (X : mat) (L : R) : Prop :=
  forall v, energy n d X v <= L * dot d v v.

(** mu I <= G: the loss is mu-strongly convex *)
Definition strongly_convex (n d : nat) (X : mat) (mu : R) : Prop :=
  forall v, mu * dot d v v <= energy n d X v.

(** v is orthogonal to the null space of X, that is, in the row space. *)
Definition in_row_space (n d : nat) (X : mat) (v : vec) : Prop :=
  forall u, veq n (mulmv d X u) vzero -> dot d u v = 0.

(** rank X = d: only 0 is in the null space. *)
Definition full_rank (n d : nat) (X : mat) : Prop :=
  forall v, veq n (mulmv d X v) vzero -> veq d v vzero.

(** mu I <= G on the row space of X *)
Definition strongly_convex_on_rows (n d : nat) (X : mat) (mu : R) : Prop :=
  forall v, in_row_space n d X v -> mu * dot d v v <= energy n d X v.

(** lambda_max(G) by Rayleigh-Ritz: the least L with G <= L I *)
Definition lambda_max (n d : nat) (X : mat) (l : R) : Prop :=
  smooth n d X l /\ forall L, smooth n d X L -> l <= L.

(** The smallest positive eigenvalue of G by Rayleigh-Ritz: the largest mu with
    mu I <= G on the row space. It is the smallest one where rank X = d. *)
Definition lambda_min (n d : nat) (X : mat) (l : R) : Prop :=
  strongly_convex_on_rows n d X l /\
  forall mu, strongly_convex_on_rows n d X mu -> mu <= l.

(** kappa = lambda_max / lambda_min, Definition 3.11 *)
Definition condition_number (n d : nat) (X : mat) (kappa : R) : Prop :=
  exists lmax lmin,
    lambda_max n d X lmax /\ lambda_min n d X lmin /\
    0 < lmin /\ kappa = lmax / lmin.

(** p_T(G) v = (I - eta_{T-1} G) .. (I - eta_0 G) v *)
Fixpoint descent_operator (n d : nat) (eta : nat -> R) (X : mat) (T : nat)
    (v : vec) : vec :=
  match T with
  | O => v
  | S t =>
      vsub (descent_operator n d eta X t v)
        (vscale (eta t)
           (mulmv d (gram n X) (descent_operator n d eta X t v)))
  end.
