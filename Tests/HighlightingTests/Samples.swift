// A few lines of each language, and below each line the kinds of its pieces (`Token.letter`).

enum Samples {
  static let all: [String: String] = [
    "awk": ###"""
    # it's
    c cccc
    BEGIN { FS = "," } $1 > 0.5 { print NR, length($2) }
    kkkkk . nn . sss . vv . 000 . kkkkk nn. ffffff.vv. .
    """###,
    "batch": ###"""
    @echo off
    ..... ...
    REM it's
    ccc cccc
    set NAME="x"
    kkk .....sss
    if %NAME%==1 goto end
    kk vvvvv...0 kkkk ...
    :end
    ffff
    """###,
    "c": ###"""
    #include <stdio.h>
    aaaaaaaa .........
    static const char *name = "a\"b"; // don't
    kkkkkk kkkkk tttt ..... . ssssss. cc ccccc
    int main(void) { char c = '\''; return 0x1Fu + 1.5e-3f; } /* open
    ttt ffff.tttt. . tttt . . ssss. kkkkkk 00000 . 0000000. . cc cccc
    int x */ struct point p = { .x = 1 }, *q = NULL;
    ccc c cc kkkkkk ttttt . . . .. . 0 .. .. . nnnn.
    """###,
    "clojure": ###"""
    ; it's
    c cccc
    (defn add-one [x] (let [m {:key "v"}] (+ x 1.5 nil)))
    .kkkk fffffff ... .kkk .. .nnnn sss.. .. . 000 nnn...
    """###,
    "cmake": ###"""
    # it's
    c cccc
    cmake_minimum_required(VERSION 3.20)
    ffffffffffffffffffffff.nnnnnnn 0000.
    if(NOT ${X} STREQUAL "a")
    kk.kkk vvvv kkkkkkkk sss.
    """###,
    "cpp": ###"""
    #pragma once
    aaaaaaa ....
    template <typename T> class Box : public Base { // it's
    kkkkkkkk .kkkkkkkk t. kkkkk ttt . kkkkkk tttt . cc cccc
      std::vector<T> items = {1'000, 2.5f};
      .....tttttt.t. ..... . .0.000. 0000..
      auto s = R"(raw "text
      kkkk . . ssssss sssss
    still)" + u8"x"; if (s == nullptr) throw Error("no");
    sssssss . sssss. kk .. .. nnnnnnn. kkkkk fffff.ssss..
    """###,
    "csharp": ###"""
    using System; // it's
    kkkkk tttttt. cc cccc
    #region A
    aaaaaaa t
    public class Foo : Bar { public int Count { get; set; } }
    kkkkkk kkkkk ttt . ttt . kkkkkk ttt ttttt . kkk. kkk. . .
    var s = @"C:\dir" + $"x {y}" + 'c'; Console.WriteLine("a"); return null;
    kkk . . sssssssss . sss ssss . sss. ttttttt.fffffffff.sss.. kkkkkk nnnn.
    """###,
    "css": ###"""
    @media (min-width: 10px) { /* c */
    kkkkkk .ppppppppp. 0000. . cc c cc
    .item:hover, #main { color: #fff !important; background: url("x") }
    ttttt....... nnnnn . ppppp. nnnn kkkkkkkkkk. pppppppppp. fff.sss. .
    --gap: 1.5rem; // it's
    ppppp. 000000. cc cccc
    """###,
    "dart": ###"""
    @override
    aaaaaaaaa
    class Foo extends Bar { // it's
    kkkkk ttt kkkkkkk ttt . cc cccc
      final int x = 0xFF; String s = 'a' "b" r'c'; void run() => null;
      kkkkk ttt . . 0000. tttttt . . sss sss ssss. tttt fff.. .. nnnn.
    """###,
    "diff": ###"""
    diff --git a/x b/x
    hhhh hhhhh hhh hhh
    index 123..456 100644
    mmmmm mmmmmmmm mmmmmm
    --- a/x
    mmm mmm
    +++ b/x
    mmm mmm
    @@ -1,2 +1,2 @@ func x
    mm mmmm mmmm mm mmmm m
     it's the same
     .... ... ....
    -old "text"
    ---- ------
    +new
    ++++
    \ No newline at end of file
    m mm mmmmmmm mm mmm mm mmmm
    """###,
    "dockerfile": ###"""
    # it's
    c cccc
    FROM swift:6.2 AS build
    kkkk ......000 kk .....
    ENV NAME="x" PORT=80
    kkk .....sss .....00
    RUN apt-get update && add ${NAME} $PORT
    kkk ....... ...... .. ... vvvvvvv vvvvv
    """###,
    "elixir": ###"""
    defmodule App.Foo do # it's
    kkkkkkkkk ttt.ttt kk c cccc
      @doc "x"
      aaaa sss
      def ok?(x, opts: 1) when is_nil(x), do: :ok
      kkk fff... nnnn. 0. kkkk ffffff.... nn. nnn
      x = ~r/a"b/ <> """
      . . sssssss .. sss
      text
      ssss
      """
      sss
    """###,
    "erlang": ###"""
    -module(x). % it's
    aaaaaaa.... c cccc
    run(X) when X > 1 -> "s", 'atom', ?MAC, #rec{a = true}.
    fff.t. kkkk t . 0 .. sss. ssssss. nnnn. tttt.. . nnnn..
    """###,
    "fish": ###"""
    function greet # it's
    kkkkkkkk fffff c cccc
        set -l name $argv[1]; echo "Hi $name" 'x'
        kkk .. .... vvvvv.0.. .... sss ssssss sss
    end
    kkk
    """###,
    "fsharp": ###"""
    // it's
    cc cccc
    let f (x: int) : 'a option = match x with | Some 'c' -> "s" | None -> null (* c *)
    kkk . ... ttt. . tt tttttt . kkkkk . kkkk . tttt sss .. sss . tttt .. nnnn cc c cc
    [<EntryPoint>] type Foo = class end
    aaaaaaaaaaaaaa kkkk ttt . kkkkk kkk
    """###,
    "go": ###"""
    package main // it's
    kkkkkkk .... cc cccc
    type Server struct { mu sync.Mutex }
    kkkk tttttt kkkkkk . .. .......... .
    func (s *Server) Run(ctx context.Context) error { return nil }
    kkkk .. ........ fff.... ................ ttttt . kkkkkk nnn .
    x := `raw
    . .. ssss
    text`; r := 'a'; n := 0x1F; defer close(ch)
    sssss. . .. sss. . .. 0000. kkkkk fffff....
    """###,
    "graphql": ###"""
    query Get($id: ID!) { user(id: $id) { name } } # it's
    kkkkk fff.vvv. tt.. . .....pp. vvv. . .... . . c cccc
    type User @key { name: String! }
    kkkk tttt aaaa . pppp. tttttt. .
    """###,
    "groovy": ###"""
    pipeline { // it's
    ........ . cc cccc
      def x = 'a' + "b ${c}"; @Test void run() { sh('make') }
      kkk . . sss . ss sssss. aaaaa kkkk fff.. . ff.ssssss. .
    """###,
    "haskell": ###"""
    {-# LANGUAGE OverloadedStrings #-}
    aaa aaaaaaaa aaaaaaaaaaaaaaaaa aaa
    module Main where -- it's
    kkkkkk tttt kkkkk cc cccc
    data Shape = Circle Double | Square {- a {- b -} c -}
    kkkk ttttt . tttttt tttttt . tttttt cc c cc c cc c cc
    foldl' f z = case z of 'x' -> True; _ -> "s" ++ show 1.5
    ...... . . . kkkk . kk sss .. nnnn. . .. sss .. .... 000
    """###,
    "hcl": ###"""
    resource "aws_x" "y" { # it's
    kkkkkkkk sssssss sss . c cccc
      name = var.name // c
      pppp . nnn..... cc c
      count = 2; list = [true, null]
      ppppp . 0. tttt . .nnnn. nnnn.
      text = <<-EOT
      pppp . ssssss
        if
        ss
      EOT
      sss
    """###,
    "html": ###"""
    <!DOCTYPE html>
    mmmmmmmmm mmmmm
    <!-- a
    cccc c
    b --> <p class="x" hidden>don't &amp; "go" 1 < 2</p>
    c ccc gg aaaaa.sss aaaaaag..... nnnnn .... . . .gggg
    <a href='y'
    gg aaaa.sss
      title="z">t</a><br/>
      aaaaa.sssg.ggggggggg
    <script src="a">
    ggggggg aaa.sssg
    if (a<b) { x = "</p>"; }
    .. ..... . . . ....... .
    </script><b>x</b>
    gggggggggggg.gggg
    """###,
    "ini": ###"""
    [section name]
    hhhhhhhh hhhhh
    ; it's
    c cccc
    key.x = value # c
    ppppp . ..... c c
    on = yes
    pp . nnn
    """###,
    "java": ###"""
    @Override public static void main(String[] args) { // it's
    aaaaaaaaa kkkkkk kkkkkk kkkk ffff.tttttt.. ..... . cc cccc
      final var list = new ArrayList<Integer>(); char c = 'x';
      kkkkk kkk .... . kkk ttttttttt.ttttttt.... tttt . . sss.
      String s = """
      tttttt . . sss
        text
        ssss
        """ + 1.5f + MAX; this.run("a"); /* x */ return null;
        sss . 0000 . nnn. nnnn.fff.sss.. cc c cc kkkkkk nnnn.
    """###,
    "javascript": ###"""
    #!/usr/bin/env node
    mmmmmmmmmmmmmm mmmm
    import { a } from 'mod'; // it's
    kkkkkk . . . kkkk sssss. cc cccc
    const $x = async (n) => `${n} items
    kkkkk .. . kkkkk ... .. sssss sssss
    over lines`; class Foo extends Bar { get(y) { return null } }
    ssss ssssss. kkkkk ttt kkkkkkk ttt . kkk... . kkkkkk nnnn . .
    if (1e3 !== 0b11 && undefined) console.log("a\"b", MAX_SIZE) /* c */
    kk .000 ... 0000 .. nnnnnnnnn. ........fff.ssssss. nnnnnnnn. cc c cc
    """###,
    "json": ###"""
    {"name": "x: y", "n": -1.5e3, "list": [true, null, "a"], // c
    .pppppp. sss ss. ppp. .00000. pppppp. .nnnn. nnnn. sss.. cc c
      "key" : {"a\"b": false}}
      ppppp . .pppppp. nnnnn..
    """###,
    "julia": ###"""
    # it's
    c cccc
    function area(x::Float64)::Int # c
    kkkkkkkk ffff....ttttttt...ttt c c
      @assert x > 0 "msg"; y = A' * :sym; 'c' #= open
      aaaaaaa . . 0 sssss. . . t. . nnnn. sss cc cccc
    still =# struct Point end; push!(v, nothing, 1e-3)
    ccccc cc kkkkkk ttttt kkk. fffff... nnnnnnn. 0000.
    """###,
    "kotlin": ###"""
    data class User(val name: String) // it's
    kkkk kkkkk tttt.kkk ..... tttttt. cc cccc
    fun main() { val s = """raw
    kkk ffff.. . kkk . . ssssss
    text""" + 'c'; println("Hi $name ${1 + 2}"); return null }
    sssssss . sss. fffffff.sss sssss sss s sss.. kkkkkk nnnn .
    @Test fun `x`() = when (x) { 0xFF -> true }
    aaaaa kkk ..... . kkkk ... . 0000 .. nnnn .
    """###,
    "latex": ###"""
    \documentclass{article} % it's
    kkkkkkkkkkkkkk......... c cccc
    50\% of $x^2$ and \$5 \\ \section{A}
    .... .. sssss ... ... kk kkkkkkkk...
    """###,
    "lisp": ###"""
    ; it's
    c cccc
    (defun add-one (x) "doc" (let ((y 'sym)) (+ x 1 :key nil)))
    .kkkkk fffffff ... sssss .kkk ... nnnn.. .. . 0 nnnn nnn...
    #| block |# (setq z #'car)
    cc ccccc cc .kkkk . fffff.
    """###,
    "lua": ###"""
    -- it's
    cc cccc
    local function f(x) return [[a
    kkkkk kkkkkkkk f... kkkkkk sss
    b]] .. 'c' .. [==[x]]y]==] end --[[ open
    sss .. sss .. ssssssssssss kkk cccc cccc
    comment ]] print(nil, 0xFF)
    ccccccc cc fffff.nnn. 0000.
    """###,
    "make": ###"""
    # it's
    c cccc
    CC := gcc
    vv .. ...
    export X = 1
    kkkkkk . . .
    all: build test ## "x"
    fff. ..... .... cc ccc
    %.o: %.c
    fff. ...
    	$(CC) -c $< -o $@ $(shell echo $(X)) 'a'
    .vvvvv .. vv .. vv vvvvvvv vvvv vvvvv sss
    ifeq ($(X),1)
    kkkk .vvvv...
    """###,
    "markdown": ###"""
    # A heading
    h h hhhhhhh
    It's *text* with `code` and **bold** [link](http://x)
    .... ...... .... ssssss ... kkkkkkkk .....nnnnnnnnnnn
    - item 1
    k .... .
    > quote
    c ccccc
    ```swift
    ssssssss
    let x = 1
    sss s s s
    ```
    sss
    """###,
    "matlab": ###"""
    % it's
    c cccc
    function y = f(x)
    kkkkkkkk . . f...
      y = A' * [1 2.5] + sum(x); s = "a" + 'b'; % true
      . . .. . .0 000. . fff.... . . sss . sss. c cccc
    """###,
    "nginx": ###"""
    server { # it's
    kkkkkk . c cccc
      listen 80; root /var/www; gzip on;
      pppppp 00. .... ......... .... nn.
      location /a { proxy_pass http://b; set $x "y"; }
      kkkkkkkk .. . .......... ......... ... vv sss. .
    """###,
    "nix": ###"""
    { pkgs, ... }: # it's
    . ..... ... .. c cccc
    let name = "x"; in rec {
    kkk pppp . sss. kk kkk .
      script = ''
      pppppp . ss
        if text
        ss ssss
      ''; ok = true; n = builtins.length [ 1 ];
      ss. pp . nnnn. p . ffffffff....... . 0 ..
    """###,
    "objectivec": ###"""
    #import <Foundation/Foundation.h>
    aaaaaaa .tttttttttt.tttttttttt...
    @interface Store : NSObject // it's
    kkkkkkkkkk ttttt . tttttttt cc cccc
    - (NSString *)name { return @"x"; }
    . .tttttttt ...... . kkkkkk ssss. .
    if (self == nil) NSLog(@"%d", 42);
    kk .nnnn .. nnn. fffff.sssss. 00..
    """###,
    "ocaml": ###"""
    (* it's (* nested *) *)
    cc cccc cc cccccc cc cc
    let f' (x : int) ~y = match x with Some 'c' -> "s" | None -> true
    kkk .. .. . ttt. pp . kkkkk . kkkk tttt sss .. sss . tttt .. nnnn
    type 'a t = Leaf
    kkkk tt . . tttt
    """###,
    "perl": ###"""
    #!/usr/bin/perl
    ccccccccccccccc
    use strict; # it's
    kkk tttttt. c cccc
    sub run { my ($x, @y) = @_; print "a $x" . 'b'; return $#y; }
    kkk fff . kk .vv. vv. . vv. fffff ss sss . sss. kkkkkk .... .
    my %h = (a => 1); $s = <<"END";
    kk vv . .. .. 0.. vv . sssssss.
    my text
    ss ssss
    END
    sss
    =pod
    cccc
    if docs
    cc cccc
    =cut
    cccc
    """###,
    "php": ###"""
    <?php namespace App; // it's
    mmmmm kkkkkkkkk ttt. cc cccc
    #[Attribute] final class Foo extends Bar { # comment
    aaaaaaaaaaaa kkkkk kkkkk ttt kkkkkkk ttt . c ccccccc
      public function run(int $x): ?string { return "a $x" . 'b'; }
      kkkkkk kkkkkkkk fff.ttt vv.. .tttttt . kkkkkk ss sss . sss. .
    $s = <<<EOT
    vv . ssssss
    text
    ssss
    EOT;
    ssss
    echo strlen($s), null, 1.5; ?>
    kkkk ffffff.vv.. nnnn. 000. mm
    """###,
    "powershell": ###"""
    # it's
    c cccc
    function Get-Thing { param([string]$Name = "x`"y") }
    kkkkkkkk fffffffff . kkkkk.........vvvvv . ssssss. .
    if ($x -eq 1) { Write-Host 'a' } <# c #>
    kk .vv ... 0. . .......... sss . cc c cc
    """###,
    "protobuf": ###"""
    syntax = "proto3"; // it's
    kkkkkk . ssssssss. cc cccc
    message User { repeated string name = 1; }
    kkkkkkk tttt . kkkkkkkk tttttt .... . 0. .
    service S { rpc Get (Req) returns (Res); }
    kkkkkkk t . kkk fff .ttt. kkkkkkk .ttt.. .
    """###,
    "pycon": ###"""
    >>> for x in range(3): print("a", x)
    mmm kkk . kk fffff.0.. fffff.sss. ..
    ... # done
    mmm c cccc
    Traceback (most recent call last):
    --------- ----- ------ ---- ------
    """###,
    "python": ###"""
    @dataclass
    aaaaaaaaaa
    class Point(Base):  # it's
    kkkkk ttttt.tttt..  c cccc
        """Says what
        sssssss ssss
        it is."""
        ss ssssss
        def move(self, dx: int = 0x1F) -> None:
        kkk ffff.nnnn. ... ttt . 0000. .. nnnn.
            return f"{self.x}" + rb'\x00' if x is not None else print(1_000.5e3)
            kkkkkk sssssssssss . ssssssss kk . kk kkk nnnn kkkk fffff.000000000.
    """###,
    "r": ###"""
    # it's
    c cccc
    x <- c(1, 2.5, NA) # TRUE
    . .. f.0. 000. nn. c cccc
    f <- function(a.b = "x", ...) if (TRUE) return('y') else NULL
    . .. kkkkkkkk.... . sss. .... kk .nnnn. kkkkkk.sss. kkkk nnnn
    """###,
    "ruby": ###"""
    class Foo < Bar # it's
    kkkkk ttt . ttt c cccc
      attr_reader :name
      fffffffffff nnnnn
      def ok?(x, key: 1) = @x + @@y + $z + "a #{b}" + 'c'
      kkk fff... nnn. 0. . vv . vvv . vv . ss sssss . sss
      sql = <<~SQL
      ... . ssssss
        select 1
        ssssss s
      SQL
      sss
    =begin
    cccccc
    if comment
    cc ccccccc
    =end
    cccc
      puts nil if x.nil? && Foo::BAR
      ffff nnn kk ...... .. ttt..nnn
    """###,
    "rust": ###"""
    #[derive(Debug, Clone)]
    aaaaaaaaaaaaaaa aaaaaaa
    pub fn longest<'a>(x: &'a str) -> Option<String> { // it's
    kkk kk fffffff.aa.... .aa ttt. .. tttttt.tttttt. . cc cccc
        let c = 'x'; let n = '\u{1F600}'; println!("{}", 1_000u64);
        kkk . . sss. kkk . . sssssssssss. fffffff..ssss. 00000000..
        let raw = r#"a "b" c"#; /* a /* b */ c */ match self { None => b"x" }
        kkk ... . ssss sss sss. cc c cc c cc c cc kkkkk nnnn . tttt .. ssss .
    """###,
    "scala": ###"""
    case class User(name: String) extends Base // it's
    kkkk kkkkk tttt...... tttttt. kkkkkkk tttt cc cccc
    def f(x: Int): Option[Int] = s"a $x" match { case 'c' => None }
    kkk f... ttt.. tttttt.ttt. . sss sss kkkkk . kkkk sss .. tttt .
    @main val t = """a
    aaaaa kkk . . ssss
    b""" + 1.5
    ssss . 000
    """###,
    "shell": ###"""
    #!/bin/bash
    ccccccccccc
    $ export PATH="$HOME/bin" # it's
    m kkkkkk .....sssssssssss c cccc
    for f in *.txt; do echo "$f" 'a b' ${x:-1} $1; done
    kkk . kk ...... kk .... ssss ss ss vvvvvvv vv. kkkk
    if [ $n -gt 0 ]; then cat <<'EOF' > out
    kk . vv ... 0 .. kkkk ... sssssss . ...
    for text in here
    sss ssss ss ssss
    EOF
    sss
    name=don't
    vvvv......
    git commit -m "x#y" && x=1; function run { return 1; }
    fff ...... .. sssss .. ..0. kkkkkkkk fff . kkkkkk 0. .
    """###,
    "solidity": ###"""
    pragma solidity ^0.8.0; // it's
    kkkkkk ........ .00000. cc cccc
    contract Foo is Bar { function run(uint256 x) public returns (bool) { return true; } }
    kkkkkkkk ttt kk ttt . kkkkkkkk fff.ttttttt .. kkkkkk kkkkkkk .tttt. . kkkkkk nnnn. . .
    """###,
    "sql": ###"""
    SELECT u."name", COUNT(*) FROM users u -- it's
    kkkkkk ..pppppp. fffff... kkkk ..... . cc cccc
    WHERE u.id = 42 AND name = 'it''s' OR x IS NULL;
    kkkkk .... . 00 kkk .... . sssssss kk . kk nnnn.
    create table t (id BIGINT primary key, /* x */ at timestamp default now());
    kkkkkk kkkkk . ... tttttt kkkkkkk kkk. cc c cc .. ttttttttt kkkkkkk fff....
    """###,
    "swift": ###"""
    @MainActor final class Store<T>: Base { // it's here
    aaaaaaaaaa kkkkk kkkkk ttttt.t.. tttt . cc cccc cccc
      let mask = 0xFF_u8, text = "a \"b\" \(c)" /* open /* nested */
      kkk .... . 0000000. .... . ss sssss sssss cc cccc cc cccccc cc
      still a comment */ func load(_ id: Int) async throws -> [String] { nil }
      ccccc c ccccccc cc kkkk ffff.. ... ttt. kkkkk kkkkkk .. .tttttt. . nnn .
      #if DEBUG
      aaa nnnnn
      let raw = #"no \ escape"#; call(.default, Self.MAX)
      kkk ... . ssss s ssssssss. ffff.......... nnnn.nnn.
      let long = """
      kkk .... . sss
        let x = 1
        sss s s s
        """; return
        sss. kkkkkk
    """###,
    "toml": ###"""
    # it's
    c cccc
    [package.metadata]
    hhhhhhhhhhhhhhhhhh
    name = "x" # c
    pppp . sss c c
    "a b".c = [1, 2.5, true, 'lit\']
    ss sspp . .0. 000. nnnn. ssssss.
    [[bin]]
    hhhhhhh
    text = """
    pppp . sss
    a = 1
    s s s
    """
    sss
    """###,
    "typescript": ###"""
    @Component
    aaaaaaaaaa
    export interface User<T> { readonly name: string; age?: number }
    kkkkkk kkkkkkkkk tttt.t. . kkkkkkkk ..... tttttt. ..... tttttt .
    type Id = string | undefined; // it's
    kkkk tt . tttttt . nnnnnnnnn. cc cccc
    function load(id: Id): Promise<User> { return `x` as any }
    kkkkkkkk ffff.... tt.. ttttttt.tttt. . kkkkkk sss kk ttt .
    """###,
    "vim": ###"""
    " it's
    c cccc
    let g:x = 'a' | call Foo("b", 1)
    kkk ... . sss . kkkk fff.sss. 0.
    """###,
    "xml": ###"""
    <?xml version="1.0"?>
    mmmmm mmmmmmmmmmmmmmm
    <ns:a x="1"><![CDATA[ <b> ]]> it's &lt;</ns:a>
    ggggg a.sssgsssssssss sss sss .... nnnnggggggg
    """###,
    "yaml": ###"""
    --- # top
    mmm m mmm
    name: it's a test # comment
    pppp. .... . .... c ccccccc
    on: [push, "a: b"]
    pp. ...... sss ss.
    key-x.y: &anchor 'text' # x
    ppppppp. aaaaaaa ssssss c c
    - url: http://example.com/a#b
    . ppp. ......................
      at: 2024-01-01 12.5 true
      pp. .......... 0000 nnnn
      "quoted": *anchor
      pppppppp. aaaaaaa
    """###,
    "zig": ###"""
    const std = @import("std"); // it's
    kkkkk ... . fffffff.sssss.. cc cccc
    pub fn main() !void { var x: u8 = 'a'; return null; }
    kkk kk ffff.. .tttt . kkk .. tt . sss. kkkkkk nnnn. .
        \\ raw "text
        ss sss sssss
    """###,
  ]
}
