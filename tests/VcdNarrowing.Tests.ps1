# -Catalog, -VApp and -Vdc mean exactly what they say: the server is asked for names in any letter case and with anything after them, and what it answers is compared here.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ Speed = 60 }
    $null = Connect-TestVcd $simulator @{ Name = 'cloud' }

    function Get-Change {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object { $_.Method -in 'POST', 'PUT', 'DELETE' -and $_.Path -notlike '*session*' })
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    function Get-Failure {
        param([scriptblock] $Script)
        $ErrorActionPreference = 'Continue'
        @(& $Script 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
    }
}

AfterAll {
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'A catalog whose name begins as another''s' {
    BeforeAll {
        $null = New-VcdCatalog iso-old -Wait
        Set-Content -LiteralPath (Join-Path $TestDrive 'old.iso') -Value 'content'
        $null = Send-VcdMedia (Join-Path $TestDrive 'old.iso') -Catalog iso-old -Wait
    }

    It 'is not meant: <_>' -ForEach 'Remove-VcdMedia old.iso -Catalog iso -Confirm:$false', 'Receive-VcdMedia old.iso -Catalog iso', 'Get-VcdVM | Select-Object -First 1 | Mount-VcdMedia -Media old.iso -Catalog iso',
    'Remove-VcdMedia old.iso -Catalog (Get-VcdCatalog iso) -Confirm:$false' {
        Clear-Log
        $failed = Get-Failure ([scriptblock]::Create($_))
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vcd.NotFound,*'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'is meant by its own name, by a wildcard, by its object, by a copy and by its id' {
        $catalog = Get-VcdCatalog iso-old
        $copy = [pscustomobject]@{ Name = $catalog.Name; Href = $catalog.Href }
        foreach ($given in 'iso-old', 'ISO-OLD', 'iso-*', $catalog, $copy, $catalog.Id) {
            $shown = Remove-VcdMedia old.iso -Catalog $given -WhatIf *>&1
            $shown | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | Should -BeNullOrEmpty -Because "'$given' is meant"
        }
        (Remove-VcdMedia old.iso -Catalog iso-old -Wait -Confirm:$false).Status | Should -Be 'success'
    }
}

Describe 'A vApp whose name begins as another''s' {
    BeforeAll {
        $null = Copy-VcdVApp mail -Name mail-2 -Wait
    }

    It 'keeps its machines as they are: <_>' -ForEach 'Start-VcdVM * -VApp mail -Wait', 'Start-VcdVM * -VApp (Get-VcdVApp mail) -Wait', 'New-VcdSnapshot -VM * -VApp mail -Wait', 'Set-VcdVM * -VApp mail -Description changed -Wait', 'Get-VcdVMDisk * -VApp mail' {
        $found = @(& ([scriptblock]::Create($_)))
        $found.Count | Should -BeGreaterThan 0
        $found.VApp | Sort-Object -Unique | Should -Be 'mail'
        (Get-VcdVM -VApp mail-2).Status | Sort-Object -Unique | Should -Be 'POWERED_OFF'
    }

    It 'is not where a machine is looked for' {
        $null = Get-VcdVM -VApp mail-2 | Set-VcdVM -Name only-in-two -Wait
        Clear-Log
        $failed = Get-Failure { Stop-VcdVM only-in-two -VApp mail; Remove-VcdVM only-in-two -VApp mail -Confirm:$false }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.StopVcdVMCommand', 'Vcd.NotFound,OrchestratorTools.Vcd.RemoveVcdVMCommand'
        Get-Change | Should -BeNullOrEmpty
    }
}

Describe 'A virtual data center whose name begins as another''s' {
    It 'is not meant' {
        $null = New-VcdVApp small-one -Vdc acme-vdc-small -Wait
        Clear-Log
        $failed = Get-Failure { Remove-VcdVApp small-one -Vdc acme-vdc -Confirm:$false; Start-VcdVApp small* -Vdc acme-vdc; Get-VcdLease small-one -Vdc acme-vdc }
        $failed.Count | Should -Be 3
        $failed.FullyQualifiedErrorId | Should -BeLike 'Vcd.NotFound,*'
        Get-Change | Should -BeNullOrEmpty
        (Remove-VcdVApp small-one -Vdc acme-vdc-small -Confirm:$false -Wait).Status | Should -Be 'success'
    }
}
