using System.Collections.Generic;

namespace BondTools.Lab.Host;

/// <summary>Builds the tree of a script: lists, and-or, pipelines, if, for, while, case, groups, functions (POSIX.1-2017, XCU 2.10).</summary>
internal sealed class ShellParser
{
    // The parser is recursive; a script deeper than this is no script a person wrote.
    private const int DeepestNesting = 64;
    private readonly List<ShellToken> _tokens;
    private int _at, _depth;

    private ShellParser(List<ShellToken> tokens) => _tokens = tokens;

    public static ShellNode Parse(string script)
    {
        var parser = new ShellParser(ShellLexer.Read(script));
        var list = parser.List();
        return parser._at == parser._tokens.Count ? list : throw parser.Unexpected();
    }

    private ShellToken? Peek => _at < _tokens.Count ? _tokens[_at] : null;

    private ListNode List(params string[] terminators)
    {
        if (++_depth > DeepestNesting)
            throw new ShellSyntaxException("nested too deeply");
        var items = new List<(ShellNode, bool)>();
        while (true)
        {
            while (Peek?.Operator is "\n" or ";")
                _at++;
            if (Peek is not { } token || token.Operator is ")" or ";;" || IsOneOf(token, terminators))
                break;
            var command = AndOr();
            var background = Peek?.Operator == "&";
            items.Add((command, background));
            if (background || Peek?.Operator is ";" or "\n")
                _at++;
            else if (Peek is not null && Peek.Operator is not (")" or ";;") && !IsOneOf(Peek, terminators))
                throw Unexpected();
        }
        _depth--;
        return new ListNode(items);
    }

    private ShellNode AndOr()
    {
        var first = Pipeline();
        var rest = new List<(bool, ShellNode)>();
        while (Peek?.Operator is "&&" or "||")
        {
            var and = _tokens[_at++].Operator == "&&";
            SkipNewLines();
            rest.Add((and, Pipeline()));
        }
        return rest.Count == 0 ? first : new AndOrNode(first, rest);
    }

    private ShellNode Pipeline()
    {
        var negated = Peek?.Word?.Bare == "!";
        if (negated)
            _at++;
        var commands = new List<ShellNode> { Command() };
        while (Peek?.Operator == "|")
        {
            _at++;
            SkipNewLines();
            commands.Add(Command());
        }
        return commands.Count == 1 && !negated ? commands[0] : new PipelineNode(commands, negated);
    }

    private ShellNode Command()
    {
        if (Peek is not { } token)
            throw new ShellSyntaxException("end of file unexpected");
        if (token.Operator == "(")
        {
            _at++;
            var body = List();
            ExpectOperator(")");
            return new CompoundCommand(body, Redirections(), Subshell: true);
        }
        switch (token.Word?.Bare)
        {
            case "{":
                _at++;
                var group = List("}");
                ExpectWord("}");
                return new CompoundCommand(group, Redirections(), Subshell: false);
            case "if":
                _at++;
                return new CompoundCommand(If(), Redirections(), Subshell: false);
            case "for":
                _at++;
                return new CompoundCommand(For(), Redirections(), Subshell: false);
            case "while" or "until":
                _at++;
                var condition = List("do");
                return new CompoundCommand(new WhileNode(condition, DoGroup(), token.Word!.Bare == "until"), Redirections(), Subshell: false);
            case "case":
                _at++;
                return new CompoundCommand(Case(), Redirections(), Subshell: false);
            case { } name when IsFunction():
                _at += 3;
                SkipNewLines();
                return new FunctionNode(name, Command());
            default:
                return Simple();
        }
    }

    // NAME() before a command: no command could be written like that.
    private bool IsFunction() =>
        _at + 2 < _tokens.Count && _tokens[_at + 1].Operator == "(" && _tokens[_at + 2].Operator == ")";

    private CaseNode Case()
    {
        var word = TakeWord();
        SkipNewLines();
        ExpectWord("in");
        SkipNewLines();
        var branches = new List<(IReadOnlyList<ShellWord>, ShellNode)>();
        while (Peek?.Word?.Bare != "esac")
        {
            if (Peek?.Operator == "(")
                _at++;
            var patterns = new List<ShellWord> { TakeWord() };
            while (Peek?.Operator == "|")
            {
                _at++;
                patterns.Add(TakeWord());
            }
            ExpectOperator(")");
            branches.Add((patterns, List("esac")));
            if (Peek?.Operator == ";;")
                _at++;
            SkipNewLines();
        }
        ExpectWord("esac");
        return new CaseNode(word, branches);
    }

    private ShellWord TakeWord()
    {
        var word = Peek?.Word ?? throw Unexpected();
        _at++;
        return word;
    }

    private IfNode If()
    {
        var condition = List("then");
        ExpectWord("then");
        var then = List("elif", "else", "fi");
        ShellNode? otherwise = null;
        switch (Peek?.Word?.Bare)
        {
            case "elif":
                _at++;
                return new IfNode(condition, then, If());
            case "else":
                _at++;
                otherwise = List("fi");
                break;
        }
        ExpectWord("fi");
        return new IfNode(condition, then, otherwise);
    }

    private ForNode For()
    {
        var name = Peek?.Word?.Bare ?? throw Unexpected();
        _at++;
        ExpectWord("in");
        var words = new List<ShellWord>();
        while (Peek?.Word is { } word)
        {
            words.Add(word);
            _at++;
        }
        while (Peek?.Operator is ";" or "\n")
            _at++;
        return new ForNode(name, words, DoGroup());
    }

    private ListNode DoGroup()
    {
        ExpectWord("do");
        var body = List("done");
        ExpectWord("done");
        return body;
    }

    private SimpleCommand Simple()
    {
        var assignments = new List<(string, ShellWord)>();
        var words = new List<ShellWord>();
        var redirections = new List<Redirection>();
        while (Peek is { } token)
        {
            if (IsRedirection(token))
                redirections.Add(TakeRedirection());
            else if (token.Word is { } word)
            {
                _at++;
                if (words.Count == 0 && Assignment(word) is { } assignment)
                    assignments.Add(assignment);
                else
                    words.Add(word);
            }
            else
                break;
        }
        return assignments.Count + words.Count + redirections.Count > 0
            ? new SimpleCommand(assignments, words, redirections) : throw Unexpected();
    }

    private static (string, ShellWord)? Assignment(ShellWord word)
    {
        if (word.Parts.Count == 0 || word.Parts[0] is not { Kind: WordPartKind.Text, Quoted: false } head)
            return null;
        var equals = head.Text.IndexOf('=');
        if (equals <= 0 || char.IsDigit(head.Text[0]))
            return null;
        for (var i = 0; i < equals; i++)
        {
            if (!char.IsLetterOrDigit(head.Text[i]) && head.Text[i] != '_')
                return null;
        }
        var parts = new List<WordPart>(word.Parts) { [0] = head with { Text = head.Text.Substring(equals + 1) } };
        return (head.Text.Substring(0, equals), new ShellWord(parts));
    }

    private List<Redirection> Redirections()
    {
        var redirections = new List<Redirection>();
        while (Peek is { } token && IsRedirection(token))
            redirections.Add(TakeRedirection());
        return redirections;
    }

    private Redirection TakeRedirection()
    {
        var token = _tokens[_at++];
        var target = Peek?.Word ?? throw Unexpected();
        _at++;
        var kind = token.Operator switch { ">" => '>', ">>" => 'a', "<" => '<', _ => '&' };
        var descriptor = token.Descriptor >= 0 ? token.Descriptor : token.Operator![0] == '<' ? 0 : 1;
        return new Redirection(descriptor, kind, target);
    }

    private static bool IsRedirection(ShellToken token) => token.Operator is ">" or ">>" or "<" or ">&" or "<&";

    private static bool IsOneOf(ShellToken token, string[] words) =>
        token.Word?.Bare is { } bare && System.Array.IndexOf(words, bare) >= 0;

    private void SkipNewLines()
    {
        while (Peek?.Operator == "\n")
            _at++;
    }

    private void ExpectWord(string word)
    {
        if (Peek?.Word?.Bare != word)
            throw Unexpected();
        _at++;
    }

    private void ExpectOperator(string text)
    {
        if (Peek?.Operator != text)
            throw Unexpected();
        _at++;
    }

    private ShellSyntaxException Unexpected() => new(Peek switch
    {
        null => "end of file unexpected",
        { Operator: "\n" } => "newline unexpected",
        { Operator: { } text } => $"\"{text}\" unexpected",
        var token => $"word unexpected (\"{token.Word!.Bare}\")",
    });
}
