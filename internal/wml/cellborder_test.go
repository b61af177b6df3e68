package wml

import "testing"

func TestFrameCells(t *testing.T) {
	line := Border{Style: BorderSingle, Width: 4}
	thick := Border{Style: BorderSingle, Width: 24}
	none := Border{Style: BorderNil}
	all := [6]Border{line, line, line, line, line, line}
	cell := func() *Cell { return &Cell{Span: 1} }
	tests := []struct {
		name  string
		sides cellSides // of each cell of a table of three rows and two columns
		want  [4]Border // of that cell: top, left, bottom, right
	}{
		{"the table's lines", cellSides{table: all}, [4]Border{line, line, line, line}},
		{"only the outer ones", cellSides{table: [6]Border{line, line, line, line}}, [4]Border{{}, line, {}, {}}},
		{"own ones win", cellSides{table: all, own: [6]Border{thick, thick, thick, thick}}, [4]Border{thick, thick, thick, thick}},
		{"a band without inner lines has none to its neighbours", cellSides{table: all, style: [6]Border{insideH: none}}, [4]Border{none, line, none, line}},
		{"own none over a line of the style leaves the table's", cellSides{table: all, style: [6]Border{topSide: thick}, own: [6]Border{topSide: none}}, [4]Border{line, line, line, line}},
	}
	for _, tt := range tests {
		table := &Table{}
		var sides [][]cellSides
		for range 3 {
			table.Rows = append(table.Rows, &Row{Cells: []*Cell{cell(), cell()}})
			sides = append(sides, []cellSides{tt.sides, tt.sides})
		}
		frameCells(table, sides)
		c := table.Rows[1].Cells[0]
		if got := [4]Border{c.Top, c.Left, c.Bottom, c.Right}; got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}
